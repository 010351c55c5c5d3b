/** The doors: what Google calls by name. `build.mjs` makes a plain top-level function of each export. */
import { app } from './app';

export function onOpen(): void {
  app('trigger').showMenu();
}

export function onEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  app('trigger').settingsEdited(event.range.getSheet().getSheetId());
}

export function setUp(): void {
  app('menu').setUp();
}

export function runReportNow(): void {
  app('menu').runReportNow();
}

export function reportPeriod(): void {
  app('menu').reportPeriod();
}

export function pingNow(): void {
  app('menu').pingNow();
}

export function showStatus(): void {
  app('menu').showStatus();
}

export function openConnect(): void {
  app('menu').openConnect();
}

export function checkConnection(): void {
  app('menu').checkConnection();
}

export function connectRequest(request: unknown): object {
  return app('page').connectRequest(request);
}

export function connectCallback(event: GoogleAppsScript.Events.DoGet): GoogleAppsScript.HTML.HtmlOutput {
  return app('page').connectCallback(event.parameter);
}

export function uninstall(): void {
  app('menu').uninstall();
}

export function hourlyPing(): void {
  app('trigger').hourlyPing();
}

export function dailyReport(): void {
  app('trigger').dailyReport();
}

export function continueReport(): void {
  app('trigger').continueReport();
}
