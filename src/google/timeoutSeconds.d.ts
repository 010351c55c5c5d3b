// Documented ([doc UF], 2026-08), missing in @types/google-apps-script 2.0.13.
declare namespace GoogleAppsScript {
  namespace URL_Fetch {
    interface URLFetchRequestOptions {
      timeoutSeconds?: number;
    }
  }
}
