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
