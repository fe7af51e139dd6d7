// The way back, and the update.
#include "network.h"

INLINE void descend_bias(float *bias, const Vector *delta, float rate) {
  for (int n = 0; n < delta->count; n++) bias[delta->support[n]] -= rate * delta->values[delta->support[n]];
}

// sigma of docs/model.md: what cancels the error to first order.
static float normalised_scale(const Vector *read, const Vector *present) {
  float e2 = error * error;
  if (e2 == 0) return 0;
  float bias = settings.bias_rate, sum = 0, square = 0;
  for (int n = 0; n < read->count; n++) square += read->values[read->support[n]] * read->values[read->support[n]];
  sum = e2 * (square_of(hidden.values, UNITS) + bias) + square_of(hidden_delta.values, UNITS) * (square + bias);
  if (present->count > 0) {
    const Vector *active = &past[0]->active;
    float square = 0;
    for (int n = 0; n < active->count; n++) square += active->values[active->support[n]] * active->values[active->support[n]];
    sum += settings.memory_rate * square_of(predictive_delta.values, CELLS) * (square + bias);
  }
  return 0.5f * e2 / (settings.epsilon * e2 + sum);
}

static void backward(float target) {
  error = 2 * (output - target);
  if (settings.error_clip > 0) error = fmaxf(-settings.error_clip, fminf(settings.error_clip, error));
  int ruled = settings.optimizer == RMSPROP || settings.optimizer == ADAM, plain = settings.optimizer == SGD;
  int active_readout = settings.active_readout, memory_waits = !plain || settings.unroll > 1;
  float rate = now.rate, slow = rate * settings.encoder_rate, memory_rate = rate * settings.memory_rate;
  Vector *present = &predictive[now.updates & 1];
  Vector *active = &past[0]->active, *read = active_readout ? active : present;

  for (int o = 0; o < UNITS; o++) hidden_delta.values[o] = hidden.values[o] > 0 ? error * decoder1.weights[o] : 0;
  through_relu(&hidden_delta, &hidden);
  memset(active_delta.values, 0, sizeof(float) * CELLS);
  if (active_readout)
    go_back(active_delta.values, decoder0.weights, UNITS, read, hidden_delta.values, plain, rate);
  else {
    memset(predictive_delta.values, 0, sizeof(float) * CELLS);
    go_back(predictive_delta.values, decoder0.weights, UNITS, read, hidden_delta.values, plain, rate);
    through_relu(&predictive_delta, present);
    go_back(active_delta.values, memory.weights, CELLS, active, predictive_delta.values, !memory_waits, memory_rate);
  }

  float column_gradient[COLUMNS];
  through_gates(past[0], active_delta.values, column_gradient);
  for (int ago = 1; ago < settings.unroll; ago++) {
    // Only cells that were active count: at most (winners * cells)^2 weights.
    clear(&carried);
    go_back_sparse(carried.values, memory.weights, CELLS, &past[ago]->active, &past[ago - 1]->delta, 0, 0);
    through_relu(&carried, &past[ago]->active);
    through_gates(past[ago], carried.values, NULL);
  }

  clear(&overlap_delta);
  for (int n = 0; n < WINNERS; n++) {
    int j = winners[n];
    overlap_delta.values[j] = column_gradient[j] / sqrtf(variance[j] + 0.01f), overlap_delta.support[n] = j;
  }
  overlap_delta.count = WINNERS;
  memset(h2_delta.values, 0, sizeof(float) * UNITS), memset(h1_delta.values, 0, sizeof(float) * UNITS);
  go_back_sparse(h2_delta.values, pooler.weights, COLUMNS, &h2, &overlap_delta, !ruled, slow);
  through_relu(&h2_delta, &h2);
  go_back(h1_delta.values, encoder1.weights, UNITS, &h1, h2_delta.values, !ruled, slow);
  through_relu(&h1_delta, &h1);
  output_delta.values[0] = error, output_delta.count = 1;
}

static void update(void) {
  const Vector *present = &predictive[now.updates & 1];
  const Vector *active = &past[0]->active, *read = settings.active_readout ? active : present;
  static const Vector none = {0};
  int ruled = settings.optimizer == RMSPROP || settings.optimizer == ADAM;
  float rate = now.rate, slow = rate * settings.encoder_rate;

  Term memory_terms[MOST_UNROLLED + 1] = {{active, &predictive_delta}};
  for (int ago = 0; ago < settings.unroll; ago++)
    memory_terms[ago + 1] = (Term){&past[ago + 1]->active, &past[ago]->delta};
  if (ruled) {
    // Fixed widths, so that each becomes its own loop.
    Term term = {&input, &h1_delta};
    update_by_rule(&encoder0, UNITS, &term, 1, slow, slow);
    term = (Term){&h1, &h2_delta};
    update_by_rule(&encoder1, UNITS, &term, 1, slow, slow);
    term = (Term){&h2, &overlap_delta};
    update_by_rule(&pooler, COLUMNS, &term, 1, slow, slow);
    update_by_rule(&memory, CELLS, memory_terms, settings.unroll + 1, rate * settings.memory_rate,
                   rate * settings.memory_rate * settings.bias_rate);
    term = (Term){read, &hidden_delta};
    update_by_rule(&decoder0, UNITS, &term, 1, rate, rate * settings.bias_rate);
    term = (Term){&hidden, &output_delta};
    update_by_rule(&decoder1, 1, &term, 1, rate, rate * settings.bias_rate);
    return;
  }

  // Of the slow parts only what has no rows is left.
  subtract_outer(encoder0.weights, UNITS, &input, h1_delta.values, slow);
  descend_bias(encoder0.bias, &h1_delta, slow);
  descend_bias(encoder1.bias, &h2_delta, slow);
  descend_bias(pooler.bias, &overlap_delta, slow);

  const Vector *first = settings.active_readout ? &none : &predictive_delta;
  if (settings.optimizer == NORMALISED) rate *= normalised_scale(read, first);
  float memory_rate = rate * settings.memory_rate;
  if (settings.optimizer == NORMALISED)
    subtract_outer(decoder0.weights, UNITS, read, hidden_delta.values, rate);
  if (!settings.active_readout && (settings.optimizer == NORMALISED || settings.unroll > 1))
    subtract_outer(memory.weights, CELLS, active, predictive_delta.values, memory_rate);
  descend_bias(memory.bias, first, memory_rate * settings.bias_rate);
  for (int t = 1; t <= settings.unroll; t++) {
    subtract_outer_sparse(memory.weights, CELLS, memory_terms[t].input, memory_terms[t].delta, memory_rate);
    descend_bias(memory.bias, memory_terms[t].delta, memory_rate * settings.bias_rate);
  }
  descend_bias(decoder0.bias, &hidden_delta, rate * settings.bias_rate);
  for (int o = 0; o < UNITS; o++) decoder1.weights[o] -= rate * error * hidden.values[o];
  decoder1.bias[0] -= rate * settings.bias_rate * error;
}

// Returns the loss, before the update.
static float train(float x, float target) {
  now.updates++;
  float fallen = settings.decay > 0
                     ? settings.final_rate + (1 - settings.final_rate) / (1 + now.updates / settings.decay)
                     : 1;
  now.rate = settings.learning_rate * fallen * (settings.warmup > 0 ? fminf(1, now.updates / settings.warmup) : 1);
  now.step_size = 1 / (1 - powf(settings.beta1, now.updates));
  now.square_scale = 1 / (1 - powf(settings.beta2, now.updates));
  forward(x);
  backward(target);
  update();
  return (output - target) * (output - target);
}
