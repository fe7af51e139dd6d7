/// Whether weights without a gradient move too.
const UPDATES_ALL = false;

/// What a lane needs to know to learn. Encoder and pooler are slowed down.
struct Descent {
  learns: bool,
  rate: f32,
}

fn begin_descent(slowed: bool) -> Descent {
  let rate = clocks[network].learning_rate * select(1.0, lives[network].encoder_rate, slowed);
  return Descent(learning(), rate);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  weights[at] = weight - descent.rate * gradient;
}
