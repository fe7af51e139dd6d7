// What all phases share: the network's memory and its clock.
//
// Every buffer holds NETWORKS networks, one after the other; `network` says whose turn it is. A phase is a function over
// work: `group` is its share of the work, `lane` one of LANES invocations that do this share together. Entry points are
// generated, see engine/gpu/program.ts.

/// What setLive and setMode change, one for each network.
struct Live {
  learning_rate: f32,
  final_rate: f32,
  decay: f32,
  encoder_rate: f32,
  memory_rate: f32,
  bias_rate: f32,
  warmup: f32,
  error_clip: f32,
  homeostasis_rate: f32,
  boost_strength: f32,
  conscience: f32,
  duty_rate: f32,
  beta1: f32,
  beta2: f32,
  // Uploaded, because 1 - beta2 in float32 would lose a digit or two.
  one_minus_beta1: f32,
  one_minus_beta2: f32,
  epsilon: f32,
  learning: u32,
  @size(8) free_run: u32,
}

struct Clock {
  /// Steps run, this one included.
  step: u32,
  /// Steps that learned, this one included.
  updates: u32,
  correction1: f32,
  correction2: f32,
  /// This step's place in the batch.
  row: u32,
  /// 1 if this step learns.
  learning: u32,
  /// Of this step, after warm-up and decay.
  learning_rate: f32,
  /// What memory and decoder multiply it by: 1, unless steps are normalised; see normalised-step.wgsl.
  step_scale: f32,
}

/// Learned tensors, each as [in][out], rows padded with zeros to whole vec4s. Optimisers' slots lie alike.
@group(0) @binding(0) var<storage, read_write> weights: array<vec4f, NETWORKS * WEIGHTS>;
/// Activations and deltas (dL/d pre-activation) of all layers, padded with zeros to whole vec4s.
@group(0) @binding(1) var<storage, read_write> units: array<vec4f, NETWORKS * UNITS>;
/// What is known of few: winners, their cells and their gradients. Indices are stored as whole numbers.
@group(0) @binding(2) var<storage, read_write> sparse: array<f32, NETWORKS * SPARSE>;
@group(0) @binding(3) var<storage, read_write> clocks: array<Clock, NETWORKS>;
@group(0) @binding(4) var<uniform> lives: array<Live, NETWORKS>;

var<private> network: u32;

fn unit(index: u32) -> vec4f {
  return units[network * UNITS + index];
}

fn set_unit(index: u32, value: vec4f) {
  units[network * UNITS + index] = value;
}

/// Element `index` of the vector that begins at `start`.
fn unit_element(start: u32, index: u32) -> f32 {
  return units[network * UNITS + start + index / 4u][index % 4u];
}

fn scarce(index: u32) -> f32 {
  return sparse[network * SPARSE + index];
}

fn scarce_index(index: u32) -> u32 {
  return u32(sparse[network * SPARSE + index]);
}

fn set_scarce(index: u32, value: f32) {
  sparse[network * SPARSE + index] = value;
}

fn learning() -> bool {
  return clocks[network].learning == 1u;
}

// The parts of the network, by how fast they learn.
const SLOW = 0u; // Encoder and pooler.
const MEMORY = 1u;
const DECODER = 2u;

/// A part's share of the learning rate.
fn rate_share(part: u32) -> f32 {
  if (part == SLOW) {
    return lives[network].encoder_rate;
  }
  return select(1.0, lives[network].memory_rate, part == MEMORY);
}

fn weight_rate(part: u32) -> f32 {
  let rate = clocks[network].learning_rate * rate_share(part);
  if (part == SLOW) {
    return rate;
  }
  return rate * clocks[network].step_scale;
}

fn bias_rate(part: u32) -> f32 {
  return weight_rate(part) * select(lives[network].bias_rate, 1.0, part == SLOW);
}

// Small items, such as blocks of four biases, are dealt out SHARE to a lane.

fn first_item(group: u32, lane: u32) -> u32 {
  return group * SHARE * LANES + lane;
}

fn end_of_items(group: u32, count: u32) -> u32 {
  return min((group + 1u) * SHARE * LANES, count);
}
