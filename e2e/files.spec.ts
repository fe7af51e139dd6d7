import { expect, test } from './playground.ts';

test('refuses bad files, says why, and trains on', async ({ playground }) => {
  await playground.open('?engine=cpu');
  await expect.poll(() => playground.step()).toBeGreaterThan(50);
  const { bytes } = await playground.downloadWeights();
  const header = (length: bigint, json: string) => {
    const file = Buffer.alloc(8 + json.length);
    file.writeBigUInt64LE(length);
    file.write(json, 8);
    return file;
  };
  const refused: [string, Buffer, RegExp][] = [
    ['notes.txt', Buffer.from('hello'), /\w/],
    ['empty.safetensors', Buffer.alloc(0), /\w/],
    ['cut.safetensors', bytes.subarray(0, bytes.length - 1000), /cut short|short/i],
    ['huge.safetensors', header(2n ** 62n, '{}'), /header/i],
    ['other.safetensors', header(2n, '{}'), /config|DeepHTM/i],
  ];
  for (const [name, file, reason] of refused) {
    await playground.upload(name, file);
    const notice = playground.notice('The file was refused');
    await expect(notice).toContainText(reason);
    await expect(notice).toContainText('goes on');
    const step = await playground.step();
    await expect.poll(() => playground.step()).toBeGreaterThan(step);
    await playground.button('Dismiss: The file was refused').click();
  }
});

test('learns a table of numbers, and hands out what was measured and one step of the network', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?engine=cpu');
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await playground.pause();
  const table = (rows: string[]) => ({
    name: 'tides.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['day;height;flow', ...rows].join('\n')),
  });
  const rows = Array.from({ length: 300 }, (_, i) => {
    const [height, flow] = [Math.sin(i / 6), 3 + Math.cos(i / 6)].map(value =>
      value.toFixed(3).replace('.', ','),
    );
    return `d${i};${height};${flow}`;
  });
  await page.getByLabel('Wave', { exact: true }).selectOption({ label: 'Your own data (CSV)…' });
  const dialog = page.getByRole('dialog', { name: 'Learn your own data' });
  await dialog.getByLabel('CSV file').setInputFiles(table([...rows, 'd300;1']));
  await expect(dialog.getByRole('alert')).toContainText('Line 302 has 2 values between semicolons');
  await dialog.getByLabel('CSV file').setInputFiles(table(rows));
  await expect(dialog).toContainText('300 rows between semicolons, with a header, decimal commas');
  await dialog.getByLabel('flow').check();
  await dialog.getByRole('button', { name: 'Start a new run on 2 columns' }).click();
  await expect(page.getByLabel('Channels', { exact: true })).toHaveValue('2');
  await expect(page.getByText('tides.csv: height, flow')).toBeVisible();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(400);
  await expect(page).toHaveURL(/signal\.wave=data/);

  const exported = (name: RegExp) =>
    playground.download(async () => {
      await playground.button('Weights').click();
      await page.getByRole('button', { name }).click();
    });
  const model = await exported(/^Download one step/);
  expect(model.name).toBe('deephtm-data-400.onnx');
  expect(model.bytes.includes('next.predictive')).toBe(true);
  const run = JSON.parse((await exported(/^JSON everything/)).bytes.toString());
  expect(run).toMatchObject({ format: 'deephtm-run-1', step: 400, settings: { signal: { wave: 'data' } } });
  expect(run.data).toMatchObject({
    name: 'tides.csv',
    columns: [{ name: 'height' }, { name: 'flow' }],
  });
  expect(run.steps.at(-1)).toMatchObject({ step: 399 });
  const steps = (await exported(/^CSV last steps/)).bytes.toString().split('\r\n');
  expect(steps[0]).toBe('step,input_1,target_1,target_2,prediction_1,prediction_2,loss,bursting,winners');
  // The step before: what came was the first row's height again, after the last.
  expect(Number(steps.find(line => line.startsWith('299,'))!.split(',')[2])).toBeCloseTo(
    Number(steps[1]!.split(',')[1]),
    1,
  );

  const chart = await playground.download(async () => {
    await playground.button('Download the error chart').click();
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
  });
  expect(chart.name).toBe('deephtm-data-400-error.svg');
  const svg = chart.bytes.toString();
  expect(svg).toContain('Error against the floors');
  // It stands alone: no colour, class or font is left to the page's style sheet.
  expect(svg).not.toMatch(/var\(--|class=/);
  const picture = async (chart: string, name: string, format: 'SVG' | 'PNG') => {
    const file = await playground.download(async () => {
      await playground.button(`Download ${chart}`).click();
      await page.getByRole('button', { name: format, exact: true }).click();
    });
    expect(file.name).toBe(`deephtm-data-400-${name}.${format.toLowerCase()}`);
    return file.bytes;
  };
  const png = await picture('predicted against actual', 'prediction', 'PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // A canvas becomes lines and words: the title, the axis's newest hundred, the legend; and a line for each of its steps.
  const drawn = (await picture('predicted against actual', 'prediction', 'SVG')).toString();
  for (const words of ['Predicted against actual', '400', 'Difference'])
    expect(drawn).toMatch(new RegExp(`<text [^>]*>${words}</text>`));
  expect(drawn).toMatch(/<path d="M[\d. -]+(L[\d. -]+){100,}" stroke=/);
  // What the screen copies from pictures made before is drawn in a file: the network at rest, and a ring for each cell.
  const network = (await picture('the picture of the network', 'network', 'SVG')).toString();
  for (const words of ['Temporal memory', 'one step later', 'bursting column'])
    expect(network).toMatch(new RegExp(`<text [^>]*>${words}</text>`));
  expect(network.match(/<path d="M[^"]*A[^"]*"/g)!.length).toBeGreaterThan(500);
  for (const svg of [drawn, network]) expect(svg).not.toMatch(/<image|style=|class=|var\(--/);
});
