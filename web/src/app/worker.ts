/** Lets the shell of the pages open without the server: see public/worker.js. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => void register());
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/worker.js', { scope: '/', updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const tell = () =>
      active?.postMessage({
        type: 'keep',
        urls: performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .filter((name) => new URL(name).origin === window.location.origin),
      });
    tell();
    // Parts that came later belong to the shell as well.
    window.addEventListener('pagehide', tell);
  } catch {
    // A browser that refuses, as in private windows, has the pages without it.
  }
}
