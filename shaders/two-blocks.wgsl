// Dense layers on a CPU that plays the GPU: it computes four lanes at a time, masks what a branch leaves out instead of
// skipping it, and pays for every load; only loops end early. So a lane takes two blocks of four outputs, or inputs, at a
// time, and on the way back outputs without a gradient are left out of a list. Sums are never shared.

/// The first block of four outputs, or inputs, that a lane works on; the other is LANES further on.
fn first_of_two(group: u32, lane: u32) -> u32 {
  return group * 2u * LANES + lane;
}

/// W x + b of this lane's two blocks. Where there is no second one, that is nothing to go by.
fn two_dense_sums(layer: Dense, x: u32, group: u32, lane: u32) -> mat2x4f {
  let stride = layer.outputs4;
  var at = network * WEIGHTS + layer.weight + first_of_two(group, lane);
  let bias = network * WEIGHTS + layer.bias + first_of_two(group, lane);
  var sums = mat2x4f();
  for (var i = 0u; i < layer.inputs4; i++) {
    let value = unit(x + i);
    sums += mat2x4f(block_product(at, stride, value), block_product(at + LANES, stride, value));
    at += 4u * stride;
  }
  return sums + mat2x4f(weights[bias], weights[bias + LANES]);
}

/// W x of one block.
fn block_product(at: u32, stride: u32, x: vec4f) -> vec4f {
  return vec4f(
    dot(x, weights[at]),
    dot(x, weights[at + stride]),
    dot(x, weights[at + 2u * stride]),
    dot(x, weights[at + 3u * stride]),
  );
}

/// As dense_relu.
fn dense_relu_two(layer: Dense, x: u32, y: u32, group: u32, lane: u32) {
  let sums = two_dense_sums(layer, x, group, lane);
  let block = first_of_two(group, lane);
  if (block < layer.outputs4) {
    set_unit(y + block, max(sums[0], vec4f()));
  }
  if (block + LANES < layer.outputs4) {
    set_unit(y + block + LANES, max(sums[1], vec4f()));
  }
}

/// As overlap.
fn overlap_two(layer: Dense, pooler: Pooler, x: u32, group: u32, lane: u32) {
  let sums = two_dense_sums(layer, x, group, lane);
  let block = first_of_two(group, lane);
  if (block < layer.outputs4) {
    compete(pooler, block, sums[0]);
  }
  if (block + LANES < layer.outputs4) {
    compete(pooler, block + LANES, sums[1]);
  }
}

/// W a + b of active cells, of this lane's two blocks.
fn two_cells_sums(layer: Dense, active_cells: ActiveCells, group: u32, lane: u32) -> mat2x4f {
  let start = network * WEIGHTS + layer.weight + first_of_two(group, lane);
  let bias = network * WEIGHTS + layer.bias + first_of_two(group, lane);
  var sums = mat2x4f();
  for (var i = 0u; i < active_cells.count; i++) {
    let value = scarce(active_cells.values + i);
    let at = start + scarce_index(active_cells.cells + i) * layer.outputs4;
    sums += mat2x4f(value * weights[at], value * weights[at + LANES]);
  }
  return sums + mat2x4f(weights[bias], weights[bias + LANES]);
}

/// As predict.
fn predict_two(layer: Dense, memory: Memory, active_cells: ActiveCells, group: u32, lane: u32) {
  let sums = two_cells_sums(layer, active_cells, group, lane);
  let block = first_of_two(group, lane);
  if (block < layer.outputs4) {
    set_predictive(memory, block, sums[0]);
  }
  if (block + LANES < layer.outputs4) {
    set_predictive(memory, block + LANES, sums[1]);
  }
}

/// As cells_relu.
fn cells_relu_two(layer: Dense, active_cells: ActiveCells, y: u32, group: u32, lane: u32) {
  let sums = two_cells_sums(layer, active_cells, group, lane);
  let block = first_of_two(group, lane);
  if (block < layer.outputs4) {
    set_unit(y + block, max(sums[0], vec4f()));
  }
  if (block + LANES < layer.outputs4) {
    set_unit(y + block + LANES, max(sums[1], vec4f()));
  }
}

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
  let block = first_of_two(group, lane);
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
