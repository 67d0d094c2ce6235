// Keeps the shell of the pages, so that they open without the server and say so. Never anything of /api: what the server knows is asked of the server.
const SHELL = 'pipeline-shell-1';
const DOCUMENT = '/';
const PARTS = [DOCUMENT, '/theme.js', '/favicon.svg', '/manifest.webmanifest'];
const MOST_ASSETS = 200;

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    // Other documents of the server (its description, its problem pages) are none of ours.
    if (!/^\/(api|swagger|openapi|problems|health|metrics)(\/|\.|$)/.test(url.pathname)) event.respondWith(page(event));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(asset(request));
  } else if (PARTS.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});

self.addEventListener('message', (event) => {
  // The page tells which parts it has loaded, before there was a worker to see them.
  if (event.data && event.data.type === 'keep' && Array.isArray(event.data.urls))
    event.waitUntil(keep(event.data.urls));
});

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll(PARTS.map((part) => new Request(part, { cache: 'reload' })));
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith('pipeline-') && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
}

async function kept(request) {
  return (await caches.match(request, { cacheName: SHELL, ignoreSearch: false })) || Response.error();
}

/** The server's document, which names the assets of the present version; without the server the one kept last. */
async function page(event) {
  try {
    const response = await fetch(event.request);
    if (response.ok && (response.headers.get('Content-Type') || '').startsWith('text/html')) {
      const copy = response.clone();
      event.waitUntil(caches.open(SHELL).then((cache) => cache.put(DOCUMENT, copy)));
    }
    return response;
  } catch {
    return kept(DOCUMENT);
  }
}

/** An asset carries a hash of its content in its name: what has been fetched once is right for ever. */
async function asset(request) {
  const cache = await caches.open(SHELL);
  const found = await cache.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function keep(urls) {
  const cache = await caches.open(SHELL);
  const wanted = urls
    .filter((url) => new URL(url, self.location.origin).pathname.startsWith('/assets/'))
    .slice(0, MOST_ASSETS);
  for (const url of wanted) if (!(await cache.match(url))) await cache.add(url).catch(() => undefined);

  // Assets of versions gone by make room, oldest first.
  const assets = (await cache.keys()).filter((request) => new URL(request.url).pathname.startsWith('/assets/'));
  for (const old of assets.slice(0, Math.max(0, assets.length - MOST_ASSETS))) await cache.delete(old);
}
