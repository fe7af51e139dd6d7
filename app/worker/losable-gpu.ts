import { openGpu } from '#gpu';

/** A GPU for tests, whose devices can be lost. */
export interface LosableGpu {
  readonly gpu: GPU;
  /** Whether there is no adapter, as for some time after a crash. */
  none: boolean;
  /** Every device that is open on it goes. */
  loseDevices(): void;
  /** As it was at first: there is an adapter, and devices opened before are not lost from now on. */
  forget(): void;
}

/** @throws NoWebGpuError where there is no WebGPU. */
export async function openLosableGpu(): Promise<LosableGpu> {
  const real = await openGpu();
  let devices: GPUDevice[] = [];
  const requestAdapter: GPU['requestAdapter'] = async options => {
    const adapter = losable.none ? null : await real.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async descriptor => {
      const device = await requestDevice(descriptor);
      devices.push(device);
      return device;
    };
    return adapter;
  };
  const losable: LosableGpu = {
    gpu: { requestAdapter, wgslLanguageFeatures: real.wgslLanguageFeatures } as GPU,
    none: false,
    loseDevices() {
      for (const device of devices) device.destroy();
    },
    forget() {
      devices = [];
      losable.none = false;
    },
  };
  return losable;
}
