// The temporal memory: the gate that shares a winner's activation among its cells, the cells' predictions, and the way
// back. The gate conserves the activation, whatever the size of the predictions.

struct Memory {
  winners: u32,
  cells_per_column: u32,
  /// How many steps the error goes back.
  unroll: u32,
  /// Earlier steps whose active cells are kept: as many, but at least one.
  remembered: u32,
  // In `units`, [cells].
  predictive: u32,
  previous_predictive: u32,
  /// [unroll][cells]: `deltas`, laid out over all cells.
  earlier_deltas: u32,
  // In `sparse`.
  /// [winners]: s, what a winner's cells predicted in sum; 0 where it bursts.
  predicted: u32,
  // Lists as ActiveCells, of this step; those of the steps before lie `stride` apart.
  gates: u32,
  /// c/s of the cell's column; 0 where it bursts or the gate is closed.
  factors: u32,
  /// dL/da of one step.
  delta_active: u32,
  /// [unroll] lists: dL/dz of the step before, by what the step so long ago did with its predictions.
  deltas: u32,
  list_length: u32,
  /// Lanes that share a cell's dL/da.
  slices: u32,
}

/// A column whose cells predicted no more than this in sum was not predicted: it bursts.
const LEAST_PREDICTION = 1e-9;

/// Gates and activations of the winners' cells, after those of the steps before have grown older.
fn gate(memory: Memory, pooler: Pooler, active_cells: ActiveCells, group: u32, lane: u32) {
  let slot = group * LANES + lane;
  if (slot >= memory.winners) {
    return;
  }
  let size = memory.cells_per_column;
  let column = scarce_index(pooler.sorted + slot);
  var sum = 0.0;
  for (var m = 0u; m < size; m++) {
    sum += max(unit_element(memory.predictive, column * size + m), 0.0);
  }
  let bursts = sum <= LEAST_PREDICTION;
  let value = winner_activation(pooler, column);
  set_scarce(memory.predicted + slot, select(sum, 0.0, bursts));
  set_scarce(pooler.activation + slot, value);
  for (var m = 0u; m < size; m++) {
    let cell = column * size + m;
    var share = 1.0 / f32(size);
    var factor = 0.0;
    if (!bursts) {
      share = max(unit_element(memory.predictive, cell), 0.0) / sum;
      factor = select(0.0, value / sum, share > 0.0);
    }
    let at = slot * size + m;
    grow_older(memory, active_cells.cells + at, active_cells.stride);
    grow_older(memory, active_cells.values + at, active_cells.stride);
    grow_older(memory, memory.gates + at, active_cells.stride);
    grow_older(memory, memory.factors + at, active_cells.stride);
    set_scarce(active_cells.cells + at, f32(cell));
    set_scarce(active_cells.values + at, value * share);
    set_scarce(memory.gates + at, share);
    set_scarce(memory.factors + at, factor);
  }
}

/// What was known of a step is known of the step before from now on.
fn grow_older(memory: Memory, at: u32, stride: u32) {
  for (var ago = memory.remembered; ago > 0u; ago--) {
    set_scarce(at + ago * stride, scarce(at + (ago - 1u) * stride));
  }
}

/// predictive = relu(W a + b)
fn predict(layer: Dense, memory: Memory, active_cells: ActiveCells, group: u32, lane: u32) {
  let sum = cells_sum(layer, active_cells, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    set_predictive(memory, forward_block(layer, group, lane), sum);
  }
}

/// What four cells predict, from their sums; what it was before becomes the previous.
fn set_predictive(memory: Memory, block: u32, sum: vec4f) {
  set_unit(memory.previous_predictive + block, unit(memory.predictive + block));
  set_unit(memory.predictive + block, max(sum, vec4f()));
}

/// From dL/d active cells of a step: dL/dz of the step before, to `deltas`; returns dL/d column activation.
fn through_gates(memory: Memory, active_cells: ActiveCells, ago: u32, slot: u32) -> f32 {
  let gates = memory.gates + ago * active_cells.stride;
  let factors = memory.factors + ago * active_cells.stride;
  let begin = slot * memory.cells_per_column;
  let end = begin + memory.cells_per_column;
  var sum = 0.0;
  for (var at = begin; at < end; at++) {
    sum += scarce(memory.delta_active + at) * scarce(gates + at);
  }
  for (var at = begin; at < end; at++) {
    let delta = scarce(factors + at) * (scarce(memory.delta_active + at) - sum);
    set_scarce(memory.deltas + ago * memory.list_length + at, delta);
  }
  return sum;
}

/// From dL/d active cells: dL/d column activation, and dL/dz of the previous step's predictions.
fn gate_backward(memory: Memory, pooler: Pooler, active_cells: ActiveCells, group: u32, lane: u32) {
  let slot = group * LANES + lane;
  if (slot < memory.winners) {
    set_scarce(pooler.gradient + slot, through_gates(memory, active_cells, 0u, slot));
  }
}

/// Takes the error one step further back: from dL/dz of a step's predictions through W to the cells that were active in
/// it, and through their gates to what the step before it predicted. W is that of the present step. One group.
fn gate_backward_earlier(layer: Dense, memory: Memory, active_cells: ActiveCells, ago: u32, lane: u32) {
  let later = steps_ago(active_cells, ago - 1u);
  let earlier = steps_ago(active_cells, ago);
  let deltas = memory.deltas + (ago - 1u) * memory.list_length;
  let factors = memory.factors + ago * active_cells.stride;
  // More than one slice means that there are lanes for all cells, so that shared sums end once.
  for (var first = 0u; first < earlier.count; first += LANES / memory.slices) {
    let place = first + lane / memory.slices;
    var sum = vec4f();
    // Where the factor is 0, nothing passes. It is a column's, but for closed gates, which do not count in its sum.
    if (place < earlier.count && scarce(factors + place) != 0.0) {
      let row = network * WEIGHTS + layer.weight + scarce_index(earlier.cells + place) * layer.outputs4;
      for (var i = lane % memory.slices; i < later.count; i += memory.slices) {
        let cell = scarce_index(later.cells + i);
        sum.x += weights[row + cell / 4u][cell % 4u] * scarce(deltas + i);
      }
    }
    sum = sum_of_slices(sum, memory.slices, 1u, lane);
    if (place < earlier.count && lane % memory.slices == 0u) {
      set_scarce(memory.delta_active + place, sum.x);
    }
  }
  storageBarrier();
  for (var slot = lane; slot < memory.winners; slot += LANES) {
    _ = through_gates(memory, active_cells, ago, slot);
  }
}

/// A list of `deltas`, laid out over all cells.
fn lay_out_deltas(layer: Dense, memory: Memory, active_cells: ActiveCells, ago: u32, cells: u32, group: u32, lane: u32) {
  let slots = steps_ago(active_cells, ago).slots;
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    var delta = vec4f();
    for (var i = 0u; i < min(4u, cells - block * 4u); i++) {
      let cell = block * 4u + i;
      let slot = scarce(slots + cell / memory.cells_per_column);
      if (slot >= 0.0) {
        let at = u32(slot) * memory.cells_per_column + cell % memory.cells_per_column;
        delta[i] = scarce(memory.deltas + ago * memory.list_length + at);
      }
    }
    set_unit(memory.earlier_deltas + ago * layer.outputs4 + block, delta);
  }
}

/// dL/dW of four outputs for any cell: through this step's predictions, and through those of earlier steps.
fn memory_gradient(layer: Dense, memory: Memory, active_cells: ActiveCells, cell: u32, block: u32) -> vec4f {
  var gradient = cells_gradient(layer, active_cells, cell, block);
  for (var ago = 0u; ago < memory.unroll; ago++) {
    let value = activation(steps_ago(active_cells, ago + 1u), cell);
    gradient += row_gradient(value, unit(memory.earlier_deltas + ago * layer.outputs4 + block));
  }
  return gradient;
}

fn memory_bias_gradient(layer: Dense, memory: Memory, block: u32) -> vec4f {
  var gradient = unit(layer.delta + block);
  for (var ago = 0u; ago < memory.unroll; ago++) {
    gradient += unit(memory.earlier_deltas + ago * layer.outputs4 + block);
  }
  return gradient;
}

/// Learns all of W from all gradients, for optimisers with a memory. A group takes four rows.
fn memory_update(layer: Dense, memory: Memory, active_cells: ActiveCells, group: u32, lane: u32) {
  let descent = begin_descent(weight_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var row = group * 4u; row < group * 4u + 4u; row++) {
    var rests = true;
    for (var ago = 0u; ago <= memory.unroll; ago++) {
      rests = rests && activation(steps_ago(active_cells, ago), row) == 0.0;
    }
    for (var block = lane; block < select(layer.outputs4, 0u, rests); block += LANES) {
      let at = network * WEIGHTS + layer.weight + row * layer.outputs4 + block;
      let gradient = memory_gradient(layer, memory, active_cells, row, block);
      descend(at, weights[at], gradient, descent);
    }
    row_rest(layer, row, rests, lane, descent);
  }
}

fn memory_bias_update(layer: Dense, memory: Memory, group: u32, lane: u32) {
  let descent = begin_descent(bias_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    let at = network * WEIGHTS + layer.bias + block;
    descend(at, weights[at], memory_bias_gradient(layer, memory, block), descent);
  }
}

/// Learns W and b from an earlier step's predictions alone, where there is a gradient: only weights from cells that were
/// active before to cells of columns that won then. An item is one such cell and one such column; last of all comes the
/// bias, as a cell that is always 1. A group takes `share` items a lane.
fn unrolled_update(
  layer: Dense,
  memory: Memory,
  active_cells: ActiveCells,
  ago: u32,
  share: u32,
  group: u32,
  lane: u32,
) {
  let before = steps_ago(active_cells, ago + 1u);
  let items = (before.count + 1u) * memory.winners;
  let weight_descent = begin_descent(weight_rate(layer.part));
  let bias_descent = begin_descent(bias_rate(layer.part));
  if (!weight_descent.learns) {
    return;
  }
  let end = min((group + 1u) * share * LANES, items);
  for (var item = group * share * LANES + lane; item < end; item += LANES) {
    let place = item / memory.winners;
    let slot = item % memory.winners;
    if (place == before.count) {
      column_update(layer, memory, active_cells, ago, slot, layer.bias, 1.0, bias_descent);
    } else {
      let row = layer.weight + scarce_index(before.cells + place) * layer.outputs4;
      column_update(layer, memory, active_cells, ago, slot, row, scarce(before.values + place), weight_descent);
    }
  }
}

/// Learns the weights from one cell, of activation `value`, to the cells of a winner's column.
fn column_update(
  layer: Dense,
  memory: Memory,
  active_cells: ActiveCells,
  ago: u32,
  slot: u32,
  row: u32,
  value: f32,
  descent: Descent,
) {
  let cells = active_cells.cells + ago * active_cells.stride;
  let deltas = memory.deltas + ago * memory.list_length;
  var at = slot * memory.cells_per_column;
  let end = at + memory.cells_per_column;
  // Neighbouring winners can share a block of four cells: it belongs to the first of them.
  if (at > 0u) {
    let taken = scarce_index(cells + at - 1u) / 4u;
    while (at < end && scarce_index(cells + at) / 4u == taken) {
      at++;
    }
  }
  while (at < end) {
    let block = scarce_index(cells + at) / 4u;
    var delta = vec4f();
    while (at < active_cells.count && scarce_index(cells + at) / 4u == block) {
      delta[scarce_index(cells + at) % 4u] = scarce(deltas + at);
      at++;
    }
    let gradient = row_gradient(value, delta);
    if (any(gradient != vec4f())) {
      let weight = network * WEIGHTS + row + block;
      descend(weight, weights[weight], gradient, descent);
    }
  }
}
