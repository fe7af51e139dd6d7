import type { GpuDevice } from './device.ts';
import type { DriverName } from './driver.ts';

/** How the work of a phase is cut for an adapter and a driver. */
export interface Geometry {
  /** Invocations of a workgroup: a power of two, at least 4. */
  readonly lanes: number;
  /** Lanes in all that are worth sharing one phase of work among; 1: a sum is never shared. */
  readonly parallelism: number;
  /** Neighbours that surely are in one subgroup: a power of two; 1: sums go through workgroup memory alone. */
  readonly subgroupLanes: number;
}

/**
 * A CPU wants few lanes with much work each, because it takes four at a time and changes between them at every barrier; see
 * bench/kernels/drivers.ts. Both drivers have the same, so that they give the same bits.
 */
export const softwareGeometry: Geometry = { lanes: 4, parallelism: 1, subgroupLanes: 1 };

/** A GPU wants many lanes, and neighbours that read neighbouring weights. */
export const hardwareGeometry: Geometry = { lanes: 256, parallelism: 8192, subgroupLanes: 1 };

/** A looping network has one workgroup, so no more lanes than that to share a sum among. Not measured on a GPU yet. */
export const hardwareLoopGeometry: Geometry = { lanes: 256, parallelism: 256, subgroupLanes: 1 };

/** What suits a device: its subgroups are used where it has any. */
export function geometryFor({ summary, subgroupLanes }: GpuDevice, driver: DriverName): Geometry {
  const geometry = driver === 'loop' ? hardwareLoopGeometry : hardwareGeometry;
  return { ...(summary.software ? softwareGeometry : geometry), subgroupLanes };
}
