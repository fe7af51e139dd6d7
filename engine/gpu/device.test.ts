import { expect, test } from 'vitest';
import { NoAdapterError } from '../errors.ts';
import { openDevice } from './device.ts';

// No machine can be asked to have no adapter, so this is what a browser without one answers.
const answering = (requestAdapter: GPU['requestAdapter']) => ({ requestAdapter }) as unknown as GPU;

test('no adapter is an error that says what to do', async () => {
  const refusal = openDevice(answering(async () => null));
  await expect(refusal).rejects.toThrow(NoAdapterError);
  await expect(refusal).rejects.toThrow(/hardware acceleration/);
});

test('a browser that fails to look for one, as Firefox can, is the same error with its reason', async () => {
  const refusal = openDevice(
    answering(async () => {
      throw new TypeError('WebGPU is disabled by blocklist');
    }),
  );
  await expect(refusal).rejects.toThrow(NoAdapterError);
  await expect(refusal).rejects.toThrow(/disabled by blocklist/);
});
