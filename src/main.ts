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
  app('menu').dailyReport();
}

export function pingNow(): void {
  app('menu').measurePing();
}

export function showStatus(): void {
  app('menu').showStatus();
}

export function hourlyPing(): void {
  app('trigger').measurePing();
}

export function dailyReport(): void {
  app('trigger').dailyReport();
}
