import { openGpu } from '#gpu';

/** A GPU for tests, whose device can be lost. */
export interface LosableGpu {
  readonly gpu: GPU;
  /** Whether there is no adapter, as for some time after a crash. */
  none: boolean;
  /** The device goes, from all who have it. */
  loseDevice(): void;
}

/**
 * Whoever asks for a device gets the same one until it is lost, and nobody else can end it: software GPUs compile for
 * seconds on every new one.
 * @throws NoWebGpuError where there is no WebGPU.
 */
export async function openLosableGpu(): Promise<LosableGpu> {
  const real = await openGpu();
  let opening: Promise<GPUDevice> | undefined;
  let destroy = (): void => {};
  const requestAdapter: GPU['requestAdapter'] = async options => {
    const adapter = losable.none ? null : await real.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    const open = async (descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> => {
      const device = await requestDevice(descriptor);
      destroy = device.destroy.bind(device);
      device.destroy = () => undefined;
      return device;
    };
    adapter.requestDevice = descriptor => {
      opening ??= open(descriptor);
      return opening;
    };
    return adapter;
  };
  const losable: LosableGpu = {
    gpu: { requestAdapter, wgslLanguageFeatures: real.wgslLanguageFeatures } as GPU,
    none: false,
    loseDevice() {
      opening = undefined;
      destroy();
    },
  };
  return losable;
}
