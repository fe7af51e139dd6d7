@group(0) @binding(5) var<storage, read_write> first_moments: array<vec4f>;

/// Whether weights without a gradient move too.
const UPDATES_ALL = true;

fn descend(at: u32, weight: vec4f, gradient: vec4f, rate: f32) {
  let moment = lives[network].beta1 * first_moments[at] + gradient;
  first_moments[at] = moment;
  weights[at] = weight - rate * moment;
}
