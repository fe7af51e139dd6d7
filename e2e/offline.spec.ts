import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect, test } from './playground.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Serves a folder as the plainest host would. */
function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    try {
      const body = readFileSync(join(folder, path === '/' ? 'index.html' : path));
      response.setHeader('Content-Type', types[extname(path) || '.html'] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise(resolve => server.listen(0, 'localhost', () => resolve(server)));
}

test('works without a network after one visit, and changes to a new version only when asked', async ({
  playground,
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'deephtm-dist-'));
  cpSync('dist', folder, { recursive: true });
  const server = await serve(folder);
  try {
    const address = server.address() as { port: number };
    await page.goto(`http://localhost:${address.port}/?engine=cpu`);
    await expect(playground.engine).toBeVisible();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

    // A new version comes while the page is open.
    const html = join(folder, 'index.html');
    writeFileSync(html, readFileSync(html, 'utf8').replace('<title>', '<title>New '));
    const worker = join(folder, 'service-worker.js');
    const text = readFileSync(worker, 'utf8');
    const changed = text.replace(
      /(["`']?url["`']?:["`']index\.html["`'],["`']?revision["`']?:["`'])\w+/,
      '$1new',
    );
    expect(changed).not.toBe(text);
    writeFileSync(worker, changed);
    await page.evaluate(async () => {
      (globalThis as { stays?: boolean }).stays = true;
      await (await navigator.serviceWorker.ready).update();
    });
    const notice = playground.notice('A new version is ready');
    await expect(notice).toBeVisible();
    expect(await page.title()).toBe('DeepHTM Playground');
    expect(await page.evaluate(() => (globalThis as { stays?: boolean }).stays)).toBe(true);
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect(page).toHaveTitle('New DeepHTM Playground');
    await expect(playground.engine).toBeVisible();

    // And then the network goes away.
    await new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await page.goto(`http://localhost:${address.port}/?engine=cpu&preset=two-sines`);
    await expect(playground.engine).toBeVisible();
    await expect(page.getByLabel('Preset', { exact: true })).toHaveValue('two-sines');
    await expect.poll(() => playground.step()).toBeGreaterThan(20);
    // With parts that are loaded on demand, and were never asked for before.
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard and touch' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Inside' }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await expect(page.locator('.part-failed')).toHaveCount(0);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test('can be installed', async ({ page, playground }) => {
  await playground.open('?engine=cpu');
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!;
    const content = await (await fetch(link.href)).json();
    const sizes = await Promise.all(
      content.icons.map(async (icon: { src: string }) => {
        const image = new Image();
        image.src = new URL(icon.src, link.href).href;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }),
    );
    return { ...content, sizes };
  });
  expect(manifest.display).toBe('standalone');
  expect(manifest.sizes.slice(1)).toEqual(['192x192', '512x512', '512x512']);
  expect(manifest.icons.some((icon: { purpose?: string }) => icon.purpose === 'maskable')).toBe(true);
});
