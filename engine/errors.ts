/** Every failure a person can cause or meet has a name here, and a message that says what to do next. */
export abstract class DeepHtmError extends Error {
  abstract override readonly name: string;
}

/** This runtime has no WebGPU API at all (old browser, or Node without Dawn). */
export class NoWebGpuError extends DeepHtmError {
  override readonly name = 'NoWebGpuError';
}

/** WebGPU exists but only on secure pages, and this page is not one. */
export class InsecureContextError extends DeepHtmError {
  override readonly name = 'InsecureContextError';
}

/** WebGPU exists but offers no adapter (blocked driver, no GPU, or recovering from a crash). */
export class NoAdapterError extends DeepHtmError {
  override readonly name = 'NoAdapterError';
}

/** The GPU went away while the network was on it. */
export class DeviceLostError extends DeepHtmError {
  override readonly name = 'DeviceLostError';
  readonly reason: string;
  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** The network does not fit the adapter's limits or its memory. */
export class OutOfMemoryError extends DeepHtmError {
  override readonly name = 'OutOfMemoryError';
}

/** A shader did not compile; carries where, in the composed source. */
export class ShaderError extends DeepHtmError {
  override readonly name = 'ShaderError';
}

/** A setting was refused. `path` is the field, as in `network.winners`. */
export class ConfigError extends DeepHtmError {
  override readonly name = 'ConfigError';
  readonly path: string;
  /** The message without the path: for where the field itself can be seen. */
  readonly problem: string;
  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

/** A file was refused; whatever was running before still runs. */
export class FileError extends DeepHtmError {
  override readonly name = 'FileError';
}

/** The engine was used after `dispose()`. */
export class DisposedError extends DeepHtmError {
  override readonly name = 'DisposedError';
}

/** Learning blew up: the loss is no longer a finite number. */
export class DivergedError extends DeepHtmError {
  override readonly name = 'DivergedError';
}
