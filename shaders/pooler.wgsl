// The spatial pooler: overlap, homeostasis, duty cycles, and the way back. Winners are chosen in inhibition.wgsl.

struct Pooler {
  columns: u32,
  winners: u32,
  /// The winners, and the edge (the best loser) where they are thresholded.
  ranks: u32,
  normalised: bool,
  boosted: bool,
  // In `units`, [columns]. Winners have the best `preference`.
  overlap: u32,
  score: u32,
  preference: u32,
  mean: u32,
  variance: u32,
  // In `sparse`.
  duty: u32,
  /// [ranks]: columns by descending preference.
  ranked: u32,
  /// [winners]: columns in ascending order, in which all sums over winners run.
  sorted: u32,
  /// [winners]: of `sorted`; what the temporal memory shares among cells.
  activation: u32,
  /// [columns]: a column's place in `sorted`, -1 for losers.
  slots: u32,
  /// The same after the steps before, `stride` apart, so many of them.
  stride: u32,
  remembered: u32,
  /// [winners]: dL/d activation of `sorted`.
  gradient: u32,
}

const LEAST_VARIANCE = 0.01;

/// overlap = W x + b, and from it the score and the preference.
fn overlap(layer: Dense, pooler: Pooler, x: u32, group: u32, lane: u32) {
  let sum = dense_sum(layer, x, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    compete(pooler, forward_block(layer, group, lane), sum);
  }
}

/// Scores and preferences of four columns with this overlap.
fn compete(pooler: Pooler, block: u32, overlap: vec4f) {
  var score = overlap;
  if (pooler.normalised) {
    score = normalised(pooler, block, overlap);
  }
  set_unit(pooler.overlap + block, overlap);
  set_unit(pooler.score + block, score);
  set_unit(pooler.preference + block, preferred(pooler, block, score));
}

/// Moves the running mean and variance of four columns, and returns their overlap measured by them.
fn normalised(pooler: Pooler, block: u32, overlap: vec4f) -> vec4f {
  var mean = unit(pooler.mean + block);
  var variance = unit(pooler.variance + block);
  if (learning()) {
    let seen = clocks[network].updates;
    if (seen == 1u) {
      mean = overlap;
      variance = vec4f();
    } else {
      // The first overlaps count fully, as in a plain average, until the running rate takes over.
      let rho = max(lives[network].homeostasis_rate, 1.0 / f32(seen));
      let difference = overlap - mean;
      mean += rho * difference;
      variance = (1.0 - rho) * (variance + rho * difference * difference);
    }
    set_unit(pooler.mean + block, mean);
    set_unit(pooler.variance + block, variance);
  }
  return (overlap - mean) / sqrt(variance + LEAST_VARIANCE);
}

/// The scores of four columns, raised for those that won less than their share: by a factor (boost), and by a
/// summand (conscience).
fn preferred(pooler: Pooler, block: u32, score: vec4f) -> vec4f {
  let share = f32(pooler.winners) / f32(pooler.columns);
  var duty = vec4f();
  for (var i = 0u; i < min(4u, pooler.columns - block * 4u); i++) {
    duty[i] = scarce(pooler.duty + block * 4u + i);
  }
  let lack = share - duty;
  var raised = score;
  if (pooler.boosted) {
    raised *= exp(lives[network].boost_strength * lack);
  }
  return raised + lives[network].conscience * max(lack / share, vec4f());
}

/// Duty cycles run after the winners.
fn duty_update(pooler: Pooler, group: u32, lane: u32) {
  if (!learning()) {
    return;
  }
  let pace = lives[network].duty_rate;
  for (var j = first_item(group, lane); j < end_of_items(group, pooler.columns); j += LANES) {
    let won = select(0.0, pace, scarce(pooler.slots + j) >= 0.0);
    set_scarce(pooler.duty + j, (1.0 - pace) * scarce(pooler.duty + j) + won);
  }
}

/// Activation of a winner.
fn winner_activation(pooler: Pooler, column: u32) -> f32 {
  var value = unit_element(pooler.score, column);
  if (pooler.ranks > pooler.winners) {
    value -= unit_element(pooler.score, scarce_index(pooler.ranked + pooler.winners));
  }
  return value;
}

/// delta = dL/d overlap. Winners pass their gradient straight on; the edge, subtracted from all, gets minus their sum.
fn pooler_delta(layer: Dense, pooler: Pooler, group: u32, lane: u32) {
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    var delta = vec4f();
    for (var i = 0u; i < min(4u, pooler.columns - block * 4u); i++) {
      delta[i] = score_gradient(pooler, block * 4u + i);
    }
    if (pooler.normalised) {
      delta /= sqrt(unit(pooler.variance + block) + LEAST_VARIANCE);
    }
    set_unit(layer.delta + block, delta);
  }
}

fn score_gradient(pooler: Pooler, column: u32) -> f32 {
  let slot = scarce(pooler.slots + column);
  if (slot >= 0.0) {
    return scarce(pooler.gradient + u32(slot));
  }
  var sum = 0.0;
  if (pooler.ranks > pooler.winners && scarce_index(pooler.ranked + pooler.winners) == column) {
    for (var s = 0u; s < pooler.winners; s++) {
      sum -= scarce(pooler.gradient + s);
    }
  }
  return sum;
}

/// The winners in ascending order, and then the edge, if there is one: all columns that a gradient can reach.
fn touched_column(pooler: Pooler, rank: u32) -> u32 {
  return scarce_index(select(pooler.ranked, pooler.sorted, rank < pooler.winners) + rank);
}

/// As dense_backward, where only a gradient moves weights: visits only the weights that have a gradient, those to winners and edge.
fn winners_backward(layer: Dense, pooler: Pooler, x: u32, delta_x: u32, group: u32, lane: u32) {
  let block = backward_block(layer, group, lane);
  let descent = begin_descent_backward(layer);
  var sum = vec4f();
  if (block < layer.inputs4) {
    let value = unit(x + block);
    let stride = layer.outputs4;
    let row = network * WEIGHTS + layer.weight + block * 4u * stride;
    for (var rank = lane % layer.backward_slices; rank < pooler.ranks; rank += layer.backward_slices) {
      let column = touched_column(pooler, rank);
      let at = row + column % 4u * stride + column / 4u;
      sum += weights_backward(at, value, unit_element(layer.delta, column), descent);
    }
  }
  sum = sum_of_slices(sum, layer.backward_slices, 1u, lane);
  if (block < layer.inputs4 && lane % layer.backward_slices == 0u) {
    set_unit(delta_x + block, select(vec4f(), sum, unit(x + block) > vec4f()));
  }
}
