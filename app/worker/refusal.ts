import type { Report } from './protocol.ts';

type Refused = Report & { kind: 'refused' };

/** What the page is told of something that was not done. */
export function refusal(what: Refused['what'], error: unknown): Refused {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'refused', what, name, message };
}
