// The temporal memory: the gate that shares a winner's activation among its cells, the cells' predictions, and the way
// back. The gate conserves the activation, whatever the size of the predictions.

struct Memory {
  winners: u32,
  cells_per_column: u32,
  // In `units`, [cells].
  predictive: u32,
  previous_predictive: u32,
  /// dL/dz of the previous step, where the gate let it through.
  previous_delta: u32,
  // In `sparse`.
  /// [winners]: s, what a winner's cells predicted in sum; 0 where it bursts.
  predicted: u32,
  /// [winners * cells_per_column], as ActiveCells.
  gates: u32,
  delta_active: u32,
  delta_previous: u32,
}

/// A column whose cells predicted no more than this in sum was not predicted: it bursts.
const LEAST_PREDICTION = 1e-9;

/// Gates and activations of the winners' cells, after those of the last step have become the previous.
fn gate(
  memory: Memory,
  pooler: Pooler,
  active_cells: ActiveCells,
  previous: ActiveCells,
  group: u32,
  lane: u32,
) {
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
    if (!bursts) {
      share = max(unit_element(memory.predictive, cell), 0.0) / sum;
    }
    let at = slot * size + m;
    set_scarce(previous.cells + at, scarce(active_cells.cells + at));
    set_scarce(previous.values + at, scarce(active_cells.values + at));
    set_scarce(memory.gates + at, share);
    set_scarce(active_cells.cells + at, f32(cell));
    set_scarce(active_cells.values + at, value * share);
  }
}

/// predictive = relu(W a + b), after what it was before has become the previous.
fn predict(layer: Dense, memory: Memory, active_cells: ActiveCells, group: u32, lane: u32) {
  let sum = cells_sum(layer, active_cells, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    let block = forward_block(layer, group, lane);
    set_unit(memory.previous_predictive + block, unit(memory.predictive + block));
    set_unit(memory.predictive + block, max(sum, vec4f()));
  }
}

/// From dL/d active cells: dL/d column activation, and dL/dz of the previous step's predictions.
fn gate_backward(memory: Memory, pooler: Pooler, group: u32, lane: u32) {
  let slot = group * LANES + lane;
  if (slot >= memory.winners) {
    return;
  }
  let begin = slot * memory.cells_per_column;
  let end = begin + memory.cells_per_column;
  var sum = 0.0;
  for (var at = begin; at < end; at++) {
    sum += scarce(memory.delta_active + at) * scarce(memory.gates + at);
  }
  set_scarce(pooler.gradient + slot, sum);
  let predicted = scarce(memory.predicted + slot);
  for (var at = begin; at < end; at++) {
    var delta = 0.0;
    if (predicted > 0.0 && scarce(memory.gates + at) > 0.0) {
      delta = scarce(pooler.activation + slot) * (scarce(memory.delta_active + at) - sum) / predicted;
    }
    set_scarce(memory.delta_previous + at, delta);
  }
}

/// delta_previous, laid out over all cells.
fn spread_previous_delta(layer: Dense, memory: Memory, active_cells: ActiveCells, cells: u32, group: u32, lane: u32) {
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    var delta = vec4f();
    for (var i = 0u; i < min(4u, cells - block * 4u); i++) {
      let cell = block * 4u + i;
      let slot = scarce(active_cells.slots + cell / memory.cells_per_column);
      if (slot >= 0.0) {
        let at = u32(slot) * memory.cells_per_column + cell % memory.cells_per_column;
        delta[i] = scarce(memory.delta_previous + at);
      }
    }
    set_unit(memory.previous_delta + block, delta);
  }
}

/// dL/dW of four outputs for any cell: through this step's predictions, and through the previous step's.
fn memory_gradient(
  layer: Dense,
  memory: Memory,
  active_cells: ActiveCells,
  previous: ActiveCells,
  cell: u32,
  block: u32,
) -> vec4f {
  return cells_gradient(layer, active_cells, cell, block)
    + dense_gradient(activation(previous, cell), unit(memory.previous_delta + block));
}

fn memory_bias_gradient(layer: Dense, memory: Memory, block: u32) -> vec4f {
  return unit(layer.delta + block) + unit(memory.previous_delta + block);
}

/// Learns all of W from both gradients, for optimisers with a memory. A group takes four rows.
fn memory_update(
  layer: Dense,
  memory: Memory,
  active_cells: ActiveCells,
  previous: ActiveCells,
  group: u32,
  lane: u32,
) {
  let descent = begin_descent(weight_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var row = group * 4u; row < group * 4u + 4u; row++) {
    for (var block = lane; block < layer.outputs4; block += LANES) {
      let at = network * WEIGHTS + layer.weight + row * layer.outputs4 + block;
      let gradient = memory_gradient(layer, memory, active_cells, previous, row, block);
      descend(at, weights[at], gradient, descent);
    }
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

/// Learns W from the previous step's predictions alone, where there is a gradient: only weights from cells that were active then to cells
/// of columns that win now. An item is one such cell and one such column.
fn unrolled_update(
  layer: Dense,
  memory: Memory,
  pooler: Pooler,
  previous: ActiveCells,
  group: u32,
  lane: u32,
) {
  let item = group * LANES + lane;
  let place = item / memory.winners;
  let slot = item % memory.winners;
  let descent = begin_descent(weight_rate(layer.part));
  if (place >= previous.count || !descent.learns) {
    return;
  }
  let value = scarce(previous.values + place);
  let row = network * WEIGHTS + layer.weight + scarce_index(previous.cells + place) * layer.outputs4;
  let size = memory.cells_per_column;
  let column = scarce_index(pooler.sorted + slot);
  // Neighbouring winners can share a block of four cells: it belongs to the first of them.
  var block = column * size / 4u;
  if (slot > 0u && (scarce_index(pooler.sorted + max(slot, 1u) - 1u) * size + size - 1u) / 4u == block) {
    block++;
  }
  for (; block <= (column * size + size - 1u) / 4u; block++) {
    let gradient = dense_gradient(value, unit(memory.previous_delta + block));
    if (any(gradient != vec4f())) {
      descend(row + block, weights[row + block], gradient, descent);
    }
  }
}
