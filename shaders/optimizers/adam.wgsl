@group(0) @binding(5) var<storage, read_write> first_moments: array<vec4f, NETWORKS * WEIGHTS>;
@group(0) @binding(6) var<storage, read_write> second_moments: array<vec4f, NETWORKS * WEIGHTS>;

/// Whether weights without a gradient move too.
const UPDATES_ALL = true;

/// What a lane needs to know to learn.
struct Descent {
  learns: bool,
  rate: f32,
  correction1: f32,
  correction2: f32,
  live: Live,
}

fn begin_descent(rate: f32) -> Descent {
  let live = lives[network];
  let clock = clocks[network];
  return Descent(learning(), rate, clock.correction1, clock.correction2, live);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  let live = descent.live;
  let first = live.beta1 * first_moments[at] + live.one_minus_beta1 * gradient;
  let second = live.beta2 * second_moments[at] + live.one_minus_beta2 * gradient * gradient;
  first_moments[at] = first;
  second_moments[at] = second;
  let scale = sqrt(second / descent.correction2) + live.epsilon;
  weights[at] = weight - descent.rate * (first / descent.correction1) / scale;
}

/// As descend with a gradient of 0.
fn rest(at: u32, descent: Descent) {
  descend(at, weights[at], vec4f(), descent);
}
