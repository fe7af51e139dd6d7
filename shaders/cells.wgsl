// Fully connected layers whose inputs are the temporal memory's active cells: a few rows of W are all they touch, so it is
// stored [in][out].

/// Winning columns' cells, ascending; lists end with zeros, up to whole fours. All in `sparse`.
struct ActiveCells {
  /// [columns]: the column's place among the winners, -1 for losers.
  slots: u32,
  /// [count]: which cell.
  cells: u32,
  /// [count]: its activation.
  values: u32,
  count: u32,
  cells_per_column: u32,
  /// From a step to the one before it, which lies alike.
  stride: u32,
}

/// The active cells of an earlier step.
fn steps_ago(active_cells: ActiveCells, ago: u32) -> ActiveCells {
  var earlier = active_cells;
  earlier.slots += ago * active_cells.stride;
  earlier.cells += ago * active_cells.stride;
  earlier.values += ago * active_cells.stride;
  return earlier;
}

/// Activation of any cell.
fn activation(active_cells: ActiveCells, cell: u32) -> f32 {
  let slot = scarce(active_cells.slots + cell / active_cells.cells_per_column);
  if (slot < 0.0) {
    return 0.0;
  }
  return scarce(active_cells.values + u32(slot) * active_cells.cells_per_column + cell % active_cells.cells_per_column);
}

/// dL/dW of four outputs with this delta, for a cell of activation `value`.
fn row_gradient(value: f32, delta: vec4f) -> vec4f {
  return value * delta;
}

/// W a + b of this lane's block, for its owner.
fn cells_sum(layer: Dense, active_cells: ActiveCells, group: u32, lane: u32) -> vec4f {
  let block = forward_block(layer, group, lane);
  let blocks = LANES / layer.forward_slices;
  var sum = vec4f();
  if (block < layer.outputs4) {
    let start = network * WEIGHTS + layer.weight + block;
    for (var i = 4u * (lane / blocks); i < active_cells.count; i += 4u * layer.forward_slices) {
      let cells = active_cells.cells + i;
      let values = active_cells.values + i;
      sum += scarce(values) * weights[start + scarce_index(cells) * layer.outputs4];
      sum += scarce(values + 1u) * weights[start + scarce_index(cells + 1u) * layer.outputs4];
      sum += scarce(values + 2u) * weights[start + scarce_index(cells + 2u) * layer.outputs4];
      sum += scarce(values + 3u) * weights[start + scarce_index(cells + 3u) * layer.outputs4];
    }
    if (lane < blocks) {
      sum += weights[network * WEIGHTS + layer.bias + block];
    }
  }
  return sum_of_slices(sum, layer.forward_slices, blocks, lane);
}

/// y = relu(W a + b)
fn cells_relu(layer: Dense, active_cells: ActiveCells, y: u32, group: u32, lane: u32) {
  let sum = cells_sum(layer, active_cells, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    set_unit(y + forward_block(layer, group, lane), max(sum, vec4f()));
  }
}

/// dL/da of the active cells = W^T delta, to `delta_active` [count] in `sparse`. Learns W on the way.
fn cells_backward(layer: Dense, active_cells: ActiveCells, gates: u32, delta_active: u32, group: u32, lane: u32) {
  let first = 4u * backward_block(layer, group, lane);
  let descent = begin_descent_backward(layer);
  var sum = vec4f();
  if (first < active_cells.count) {
    let start = network * WEIGHTS + layer.weight;
    var rows = vec4u();
    var values = vec4f();
    var counts = vec4<bool>();
    for (var i = 0u; i < 4u && first + i < active_cells.count; i++) {
      rows[i] = start + scarce_index(active_cells.cells + first + i) * layer.outputs4;
      values[i] = scarce(active_cells.values + first + i);
      // What a closed gate would have let through does not matter.
      counts[i] = scarce(gates + first + i) != 0.0;
    }
    for (var o = lane % layer.backward_slices; o < layer.outputs4; o += layer.backward_slices) {
      let delta = unit(layer.delta + o);
      if (counts.x) { sum.x += row_backward(rows.x + o, values.x, delta, descent); }
      if (counts.y) { sum.y += row_backward(rows.y + o, values.y, delta, descent); }
      if (counts.z) { sum.z += row_backward(rows.z + o, values.z, delta, descent); }
      if (counts.w) { sum.w += row_backward(rows.w + o, values.w, delta, descent); }
    }
  }
  sum = sum_of_slices(sum, layer.backward_slices, 1u, lane);
  if (lane % layer.backward_slices == 0u) {
    for (var i = 0u; i < 4u && first + i < active_cells.count; i++) {
      set_scarce(delta_active + first + i, sum[i]);
    }
  }
}

/// The weights from one cell to four outputs: learns them, and returns their part of dL/da as it was before.
fn row_backward(at: u32, value: f32, delta: vec4f, descent: Descent) -> f32 {
  let weight = weights[at];
  if (descent.learns) {
    descend(at, weight, row_gradient(value, delta), descent);
  }
  return dot(weight, delta);
}

/// dL/dW of four outputs for any cell.
fn cells_gradient(layer: Dense, active_cells: ActiveCells, cell: u32, block: u32) -> vec4f {
  return row_gradient(activation(active_cells, cell), unit(layer.delta + block));
}

/// Learns W where there is a gradient, with cells_backward's share of the work.
fn cells_descend(layer: Dense, active_cells: ActiveCells, group: u32, lane: u32) {
  let first = 4u * backward_block(layer, group, lane);
  let descent = begin_descent(weight_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var i = first; i < min(first + 4u, active_cells.count); i++) {
    let cell = scarce_index(active_cells.cells + i);
    row_descend(layer, cell, scarce(active_cells.values + i), lane, descent);
  }
}

/// Learns the weights from one cell, of activation `value`.
fn row_descend(layer: Dense, row: u32, value: f32, lane: u32, descent: Descent) {
  if (value == 0.0) {
    return;
  }
  let start = network * WEIGHTS + layer.weight + row * layer.outputs4;
  for (var o = lane % layer.backward_slices; o < layer.outputs4; o += layer.backward_slices) {
    descend(start + o, weights[start + o], row_gradient(value, unit(layer.delta + o)), descent);
  }
}

/// Moves the weights from a cell that has no gradient, if `rests`. A loop that ends at once is left out by every GPU, also by a
/// CPU that plays one; what a condition leaves out is not.
fn row_rest(layer: Dense, row: u32, rests: bool, lane: u32, descent: Descent) {
  let start = network * WEIGHTS + layer.weight + row * layer.outputs4;
  for (var block = lane; block < select(0u, layer.outputs4, rests); block += LANES) {
    rest(start + block, descent);
  }
}

/// Learns all of W, for optimisers with a memory. A group takes four rows.
fn cells_update(layer: Dense, active_cells: ActiveCells, group: u32, lane: u32) {
  let descent = begin_descent(weight_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var row = group * 4u; row < group * 4u + 4u; row++) {
    let rests = activation(active_cells, row) == 0.0;
    for (var block = lane; block < select(layer.outputs4, 0u, rests); block += LANES) {
      let at = network * WEIGHTS + layer.weight + row * layer.outputs4 + block;
      descend(at, weights[at], cells_gradient(layer, active_cells, row, block), descent);
    }
    row_rest(layer, row, rests, lane, descent);
  }
}
