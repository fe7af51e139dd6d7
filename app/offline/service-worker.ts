import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

/** Every file of this build: `scripts/build/offline.ts` writes them in. */
declare const BUILT_FILES: PrecacheEntry[];

/** The part of a service worker's global scope that is used here; the page's types have none of it. */
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    type: 'activate' | 'message',
    listener: (event: { readonly data?: unknown; waitUntil(done: Promise<void>): void }) => void,
  ): void;
}
const scope = self as unknown as ServiceWorkerScope;

// What stands in the address chooses a run, never a file.
precacheAndRoute(BUILT_FILES, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

// A page of the first visit has its later parts from here too, should the network go away while it is open.
scope.addEventListener('activate', event => event.waitUntil(scope.clients.claim()));

// A new version waits until a person asks for it: pages of the old one may still need the old one's files.
scope.addEventListener('message', event => {
  if (event.data === 'take over') event.waitUntil(scope.skipWaiting());
});
