import { dismiss, notify } from '../state/run.ts';

const hour = 3_600_000;

/** Keeps the page for when there is no network, and says when a new version of it is there. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // The page itself comes first.
  if (document.readyState === 'complete') void register(navigator.serviceWorker);
  else addEventListener('load', () => void register(navigator.serviceWorker), { once: true });
}

async function register(container: ServiceWorkerContainer): Promise<void> {
  const hadOne = container.controller !== null;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await container.register(new URL('service-worker.js', document.baseURI));
  } catch {
    // Private windows and some hosts have no service workers; nothing but use without a network is lost.
    return;
  }

  const offer = (waiting: ServiceWorker) => offerReload(container, waiting);
  if (registration.waiting && hadOne) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && container.controller) offer(installing);
    });
  });

  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < hour) return;
    asked = Date.now();
    // Away from the network there is nothing to hear.
    registration.update().catch(() => {});
  });
}

function offerReload(container: ServiceWorkerContainer, waiting: ServiceWorker): void {
  const reload = () => {
    dismiss('new-version');
    container.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take over');
  };
  notify({
    id: 'new-version',
    tone: 'info',
    title: 'A new version is ready',
    text: 'Reload when it suits you. Until then this one goes on.',
    action: { label: 'Reload', run: reload },
  });
}
