import type { ConnectAnswer, ConnectRequest } from '../../core/connectRequest';

/** What Google puts into the page of a sidebar ([doc HRun]). */
declare const google: {
  script: {
    run: Runner;
    host: { close(): void };
  };
};

interface Runner {
  withSuccessHandler(handler: (answer: never) => void): Runner;
  withFailureHandler(handler: (error: Error) => void): Runner;
  connectRequest(request: ConnectRequest): void;
  runReportNow(): void;
}

/** Rejects when the server was not reached or broke down; what it has to say comes as an answer. */
export function ask(request: ConnectRequest): Promise<ConnectAnswer> {
  return called(run => run.connectRequest(request));
}

export function makeReport(): Promise<void> {
  return called(run => run.runReportNow());
}

export function closeSidebar(): void {
  google.script.host.close();
}

function called<T>(call: (run: Runner) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call(google.script.run.withSuccessHandler(resolve).withFailureHandler(reject));
  });
}
