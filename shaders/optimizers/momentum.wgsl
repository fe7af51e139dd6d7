@group(0) @binding(5) var<storage, read_write> first_moments: array<vec4f, NETWORKS * WEIGHTS>;

/// Whether weights without a gradient move too.
const UPDATES_ALL = true;

/// What a lane needs to know to learn.
struct Descent {
  learns: bool,
  rate: f32,
  beta1: f32,
}

fn begin_descent(rate: f32) -> Descent {
  return Descent(learning(), rate, lives[network].beta1);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  let moment = descent.beta1 * first_moments[at] + gradient;
  first_moments[at] = moment;
  weights[at] = weight - descent.rate * moment;
}

/// As descend with a gradient of 0.
fn rest(at: u32, descent: Descent) {
  descend(at, weights[at], vec4f(), descent);
}
