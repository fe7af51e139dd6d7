/// Whether weights without a gradient move too.
const UPDATES_ALL = false;

/// What a lane needs to know to learn.
struct Descent {
  learns: bool,
  rate: f32,
}

fn begin_descent(rate: f32) -> Descent {
  return Descent(learning(), rate);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  weights[at] = weight - descent.rate * gradient;
}

/// As descend with a gradient of 0.
fn rest(at: u32, descent: Descent) {}
