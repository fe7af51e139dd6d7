// The way back through dense layers on a CPU that plays the GPU: it computes four lanes at a time, masks what a branch leaves
// out instead of skipping it, and pays for every load; only loops end early. So outputs without a gradient are left out of
// a list, and a lane takes two blocks of four inputs at a time. Sums are never shared.

/// Where the outputs with a gradient lie and what it is, two in a vec4, after their number in pairs: [1 + outputs / 2] in
/// `units`. One group.
fn list_outputs(layer: Dense, list: u32, lane: u32) {
  if (lane > 0u) {
    return;
  }
  var count = 0u;
  var pair = vec4f();
  for (var block = 0u; block < layer.outputs4; block++) {
    let delta = unit(layer.delta + block);
    for (var i = 0u; i < 4u; i++) {
      if (delta[i] != 0.0) {
        let place = f32(i * layer.outputs4 + block);
        // An odd one is paired with a gradient of 0 for the first output.
        pair = select(vec4f(pair.xy, place, delta[i]), vec4f(place, delta[i], 0.0, 0.0), count % 2u == 0u);
        set_unit(list + 1u + count / 2u, pair);
        count++;
      }
    }
  }
  set_unit(list, vec4f(f32((count + 1u) / 2u)));
}

/// The weights from four inputs to an output with a gradient: as weights_backward.
fn listed_backward(at: u32, x: vec4f, delta: f32, descent: Descent) -> vec4f {
  let weight = weights[at];
  if (descent.learns) {
    descend(at, weight, delta * x, descent);
  }
  return delta * weight;
}

/// As dense_backward.
fn listed_dense_backward(layer: Dense, list: u32, x: u32, delta_x: u32, group: u32, lane: u32) {
  let block = group * 2u * LANES + lane;
  let other = block + LANES;
  if (block >= layer.inputs4) {
    return;
  }
  let descent = begin_descent_backward(layer);
  let pairs = u32(unit(list).x);
  let stride = 4u * layer.outputs4;
  let row = network * WEIGHTS + layer.weight + block * stride;
  let value = unit(x + block);
  var sum = vec4f();
  if (other < layer.inputs4) {
    let other_value = unit(x + other);
    let apart = LANES * stride;
    var other_sum = vec4f();
    for (var i = 0u; i < pairs; i++) {
      let pair = unit(list + 1u + i);
      let first = row + u32(pair.x);
      let second = row + u32(pair.z);
      sum += listed_backward(first, value, pair.y, descent);
      other_sum += listed_backward(first + apart, other_value, pair.y, descent);
      sum += listed_backward(second, value, pair.w, descent);
      other_sum += listed_backward(second + apart, other_value, pair.w, descent);
    }
    set_unit(delta_x + other, select(vec4f(), other_sum, other_value > vec4f()));
  } else {
    for (var i = 0u; i < pairs; i++) {
      let pair = unit(list + 1u + i);
      sum += listed_backward(row + u32(pair.x), value, pair.y, descent);
      sum += listed_backward(row + u32(pair.z), value, pair.w, descent);
    }
  }
  set_unit(delta_x + block, select(vec4f(), sum, value > vec4f()));
}

/// As dense_descend.
fn listed_dense_descend(layer: Dense, list: u32, x: u32, group: u32, lane: u32) {
  let block = group * LANES + lane;
  let descent = begin_descent(weight_rate(layer.part));
  if (block >= layer.inputs4 || !descent.learns) {
    return;
  }
  let pairs = u32(unit(list).x);
  let row = network * WEIGHTS + layer.weight + block * 4u * layer.outputs4;
  let value = unit(x + block);
  for (var i = 0u; i < pairs; i++) {
    let pair = unit(list + 1u + i);
    let first = row + u32(pair.x);
    descend(first, weights[first], pair.y * value, descent);
    let second = row + u32(pair.z);
    descend(second, weights[second], pair.w * value, descent);
  }
}
