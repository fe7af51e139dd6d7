import { decodeCheckpoint } from '../engine/file/checkpoint-reader.ts';
import { expect, test } from './playground.ts';

/** A network that a CPU playing the GPU compiles and runs soon. */
const smallOnGpu = '?engine=gpu&columns=64&winners=3&encoder=32&decoder=32&v=1';

test('learns the sine with every part on the GPU', async ({ playground, page }) => {
  await playground.open(smallOnGpu);
  await expect(playground.engine).toHaveAccessibleName(/GPU · /);
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await playground.pause();
  await playground.runTo(2500);
  // Persistence is 1; over steps 1,501 to 2,500 the network must be well below it.
  expect(await playground.number('Error ratio')).toBeLessThan(0.4);
  await expect(page.getByText(/of persistence/).first()).toBeVisible();
  await expect(page.getByRole('img', { name: /Snapshot at step 4,000: not taken/ })).toBeVisible();
});

test('starts by itself on the CPU where the only adapter is software, and reaches the goal', async ({
  playground,
}) => {
  await playground.open();
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  await expect(playground.notice('There is no real GPU here')).toBeVisible();
  await expect.poll(() => playground.step()).toBeGreaterThan(100);
  await playground.pause();
  await playground.runTo(10_000);
  expect(await playground.number('Error ratio')).toBeLessThanOrEqual(0.06);
});

test('takes snapshots at chosen steps and saves them', async ({ playground, page }) => {
  await playground.open(smallOnGpu);
  await playground.pause();
  await playground.button('Steps').click();
  for (const [i, step] of [60, 120, 180].entries())
    await page.getByLabel(`Step of snapshot ${i + 1}`).fill(String(step));
  await playground.button('Use these').click();
  await playground.button('Reset').click();
  await expect.poll(() => playground.step()).toBe(0);
  await expect(playground.playButton).toBeEnabled();
  await playground.runTo(200);
  for (const step of [60, 120, 180])
    await expect(
      page.getByRole('img', { name: new RegExp(`before step ${step}\\. Root mean squared error [0-9.]+`) }),
    ).toBeVisible();
  const saved = (button: string, format: string) =>
    playground.download(async () => {
      await playground.button(button).click();
      await page.getByRole('button', { name: format, exact: true }).click();
    });
  const one = await saved('Save the snapshot at step 120', 'SVG');
  expect(one.name).toBe('deephtm-sine-120-snapshot.svg');
  expect(one.bytes.toString()).toMatch(/<text [^>]*>Step 120<\/text>/);
  const all = await saved('Save all snapshots', 'PNG');
  expect(all.name).toBe('deephtm-sine-180-snapshots.png');
  expect(all.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(all.bytes.length).toBeGreaterThan(5000);
});

test('downloads the weights and goes on from them', async ({ playground }) => {
  await playground.open(smallOnGpu);
  await playground.pause();
  await playground.button('Reset').click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(150);
  const { name, bytes } = await playground.downloadWeights();
  expect(name).toBe('deephtm-sine-150.safetensors');
  expect(decodeCheckpoint(bytes).state.clock.step).toBe(150);
  await playground.runTo(250);
  const after = await playground.downloadWeights();

  await playground.upload(name, bytes);
  await expect(playground.notice('Resumed from')).toContainText('150');
  await expect.poll(() => playground.step()).toBe(150);
  await playground.runTo(250);
  const again = await playground.downloadWeights();
  expect(again.bytes.equals(after.bytes)).toBe(true);
});

test('resets to the same run', async ({ playground }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const losses: string[] = [];
  for (let run = 0; run < 2; run++) {
    await playground.button('Reset').click();
    await expect.poll(() => playground.step()).toBe(0);
    await playground.runTo(300);
    losses.push(
      await playground.counter('Loss'),
      (await playground.downloadWeights()).bytes.toString('base64'),
    );
  }
  expect(losses.slice(2)).toEqual(losses.slice(0, 2));
});
