import { expect, test } from './playground.ts';

test('keeps to its policy while it is used widely', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { violated: seen });
    addEventListener('securitypolicyviolation', event =>
      seen.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  const response = await page.goto('/?engine=cpu');
  expect(response!.headers()['content-security-policy']).toContain("default-src 'none'");
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute(
    'content',
    /default-src 'none'/,
  );
  await expect(playground.engine).toBeVisible();
  await expect.poll(() => playground.step()).toBeGreaterThan(1000);
  await playground.pause();

  // What floats, follows the pointer, or is drawn by a library.
  await page.getByRole('button', { name: 'Error ratio' }).hover();
  await expect(page.getByRole('tooltip').first()).toBeAttached();
  await page.mouse.move(0, 0, { steps: 5 });
  await playground.engine.click();
  await page.keyboard.press('Escape');
  await page.locator('.error-plot-area svg').first().hover();
  await page.locator('.network-canvas').click({ position: { x: 300, y: 120 } });
  await page.locator('[data-path="signal.amplitude"]').getByRole('slider').press('ArrowLeft');
  await page.getByRole('button', { name: /^Spatial pooler/ }).click();
  await playground.button('Steps').click();
  await page.keyboard.press('Escape');
  await playground.download(async () => {
    await playground.button('Save all snapshots').click();
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
  });
  await playground.downloadWeights();
  for (const name of ['Inside', 'Runs', 'Sweep', 'Training']) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('tabpanel')).not.toBeEmpty();
  }
  await playground.button('Guide').click();
  await page.getByRole('button', { name: /^Tour/ }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => (globalThis as { violated?: string[] }).violated)).toEqual([]);
  // That the page listens to what it is told proves nothing by itself: a style that the policy forbids is refused.
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
  });
  const violated = () => page.evaluate(() => (globalThis as { violated?: string[] }).violated!.length);
  await expect.poll(violated).toBeGreaterThan(0);
  await expect.poll(async () => playground.faults.length - (await violated())).toBe(0);
  playground.faults.length = 0;
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });
  test('writes and reads numbers with a decimal comma', async ({ playground, page }) => {
    await playground.open('?engine=cpu');
    await playground.pause();
    await page.keyboard.press('r');
    const rate = page.getByLabel('Learning rate', { exact: true });
    await expect(rate).toHaveValue('0,7');
    await rate.fill('0,55');
    await rate.press('Enter');
    await expect(rate).toHaveValue('0,55');
    await rate.fill('0.5');
    await rate.press('Enter');
    await expect(rate).toHaveValue('0,5');
    await page.getByLabel('Run to step').fill('1.200');
    await playground.button('Run').click();
    await expect.poll(() => playground.counter('Step'), { timeout: 60_000 }).toBe('1.200');
    await expect(page.getByText(/^0,\d+ of persistence/)).toBeVisible();
    await page.getByRole('tab', { name: 'Sweep' }).click();
    await expect(page.getByLabel('From', { exact: true })).toHaveValue('0,01');
  });
});

test('has themes of high contrast and follows the system’s own', async ({ playground, page }) => {
  await page.emulateMedia({ contrast: 'more' });
  await playground.open('?engine=cpu');
  await playground.pause();
  const text = () => page.evaluate(() => getComputedStyle(document.documentElement).color);
  expect(await text()).toBe('rgb(0, 0, 0)');
  await page.emulateMedia({ contrast: 'no-preference' });
  await expect.poll(text).not.toBe('rgb(0, 0, 0)');
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: /; switch to/ }).click();
  await expect(page.getByRole('button', { name: /^High contrast;/ })).toBeVisible();
  expect(await text()).toBe('rgb(0, 0, 0)');
  await page.reload();
  // Before anything is painted, by a script of its own.
  expect(await text()).toBe('rgb(0, 0, 0)');
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  test('a finger that scrolls past a slider leaves it alone, and moves it by its thumb; words are explained', async ({
    playground,
    page,
  }) => {
    await playground.open('?engine=cpu');
    await playground.pause();
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const drag = async (x: number, y: number, across: number, down: number) => {
      await touch('touchStart', x, y);
      for (let i = 1; i <= 8; i++) await touch('touchMove', x + (across * i) / 8, y + (down * i) / 8);
      await touch('touchEnd');
    };
    const slider = page.locator('[data-path="signal.amplitude"] .slider');
    const value = page.getByLabel('Amplitude', { exact: true });
    const scrolled = () => page.evaluate(() => scrollY);
    await slider.evaluate(element => element.scrollIntoView({ block: 'center' }));
    const before = await scrolled();
    const track = (await slider.boundingBox())!;
    await drag(track.x + track.width * 0.2, track.y + track.height / 2, 0, -200);
    await expect.poll(scrolled).toBeGreaterThan(before + 100);
    expect(await value.inputValue()).toBe('1');
    await slider.evaluate(element => element.scrollIntoView({ block: 'center' }));
    const thumb = (await slider.getByRole('slider').boundingBox())!;
    await drag(thumb.x + thumb.width / 2, thumb.y + thumb.height / 2, 40, 0);
    await expect.poll(async () => Number(await value.inputValue())).toBeGreaterThan(1.1);
    await page.getByRole('button', { name: 'Error ratio' }).tap();
    await expect(page.getByRole('dialog')).toContainText('the ratio to persistence');
  });
});
