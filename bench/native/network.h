// The network of docs/model.md for the sizes that it is compiled with: one training step, sparse, on one core.
#include "dense.h"

#ifndef COLUMNS
#define COLUMNS 256
#define WINNERS 5
#define CELLS_PER_COLUMN 5
#endif
enum { UNITS = 256, CELLS = COLUMNS * CELLS_PER_COLUMN, MOST_UNROLLED = 8, MOST_ACTIVE = WINNERS * CELLS_PER_COLUMN };

static Dense encoder0, encoder1, pooler, memory, decoder0, decoder1;
static Vector input, h1, h2, hidden, hidden_delta, h1_delta, h2_delta, overlap_delta;
static Vector predictive[2], predictive_delta;
static float overlap[COLUMNS], score[COLUMNS], mean[COLUMNS], variance[COLUMNS], duty[COLUMNS];
static float output, error;
static Vector output_value, output_delta;

// A step's active cells, and what the way back needs of them. The present step is `past[0]`.
typedef struct {
  Vector active, delta;             // delta: of what the step before predicted
  float gate[MOST_ACTIVE], factor[MOST_ACTIVE];  // g, and c/s (0 where the column burst)
  int column[MOST_ACTIVE];
} Step;
static Step steps[MOST_UNROLLED + 2], *past[MOST_UNROLLED + 2];
static int winners[WINNERS];
static Vector active_delta, carried;

static void build(void) {
  encoder0 = dense(1, UNITS), encoder1 = dense(UNITS, UNITS), pooler = dense(UNITS, COLUMNS);
  memory = dense(CELLS, CELLS), decoder0 = dense(CELLS, UNITS), decoder1 = dense(UNITS, 1);
  input = vector(1), h1 = vector(UNITS), h2 = vector(UNITS), hidden = vector(UNITS);
  hidden_delta = vector(UNITS), h1_delta = vector(UNITS), h2_delta = vector(UNITS), overlap_delta = vector(COLUMNS);
  output_value = vector(1), output_delta = vector(1);
  for (int i = 0; i < 2; i++) predictive[i] = vector(CELLS);
  predictive_delta = vector(CELLS), active_delta = vector(CELLS), carried = vector(CELLS);
  for (int i = 0; i <= settings.unroll + 1; i++) {
    past[i] = &steps[i];
    steps[i].active = vector(CELLS), steps[i].delta = vector(CELLS);
  }
  for (int j = 0; j < COLUMNS; j++) duty[j] = (float)WINNERS / COLUMNS;
}

// Chooses the winners, in ascending order.
static void compete(void) {
  float rho = fmaxf(settings.homeostasis_rate, 1.0f / now.updates);
  for (int j = 0; j < COLUMNS; j++) {
    float d = overlap[j] - mean[j];
    if (now.updates == 1) mean[j] = overlap[j], variance[j] = 0;
    else mean[j] += rho * d, variance[j] = (1 - rho) * (variance[j] + rho * d * d);
    score[j] = (overlap[j] - mean[j]) / sqrtf(variance[j] + 0.01f);
  }
  static float preference[COLUMNS];
  for (int j = 0; j < COLUMNS; j++)
    preference[j] = score[j] + settings.conscience * fmaxf(0, 1 - duty[j] * ((float)COLUMNS / WINNERS));
  int count = 0;
  for (int j = 0; j < COLUMNS; j++) {
    if (count == WINNERS && !(preference[j] > preference[winners[WINNERS - 1]])) continue;
    int rank = count < WINNERS ? count++ : WINNERS - 1;
    for (; rank > 0 && preference[j] > preference[winners[rank - 1]]; rank--) winners[rank] = winners[rank - 1];
    winners[rank] = j;
  }
  for (int n = 1; n < WINNERS; n++)
    for (int m = n; m > 0 && winners[m - 1] > winners[m]; m--) {
      int lower = winners[m];
      winners[m] = winners[m - 1], winners[m - 1] = lower;
    }
  for (int j = 0; j < COLUMNS; j++) duty[j] *= 1 - settings.duty_rate;
  for (int n = 0; n < WINNERS; n++) duty[winners[n]] += settings.duty_rate;
}

// Shares each winner's activation among its cells by what they predicted.
static void open_gates(const float *predicted) {
  Step *step = past[0];
  clear(&step->active);
  int count = 0;
  for (int n = 0; n < WINNERS; n++) {
    int first = winners[n] * CELLS_PER_COLUMN;
    float c = score[winners[n]], s = 0;
    for (int m = 0; m < CELLS_PER_COLUMN; m++) s += predicted[first + m];
    int bursts = !(s > 1e-9f);
    for (int m = 0; m < CELLS_PER_COLUMN; m++) {
      float g = bursts ? 1.0f / CELLS_PER_COLUMN : predicted[first + m] / s;
      if (g == 0) continue;
      step->active.values[first + m] = c * g, step->active.support[count] = first + m;
      step->gate[count] = g, step->factor[count] = bursts ? 0 : c / s, step->column[count++] = winners[n];
    }
  }
  step->active.count = count;
}

// delta = c (da - sum of da g) / s; with `column_gradient`, the gradient by the columns as well.
INLINE void through_gates(Step *step, const float *gradient, float *column_gradient) {
  const Vector *active = &step->active;
  clear(&step->delta);
  for (int start = 0, n = 0; start < active->count; start = n) {
    float sum = 0;
    for (n = start; n < active->count && step->column[n] == step->column[start]; n++)
      sum += gradient[active->support[n]] * step->gate[n];
    if (column_gradient) column_gradient[step->column[start]] = sum;
    for (int m = start; m < n; m++) {
      if (step->factor[m] == 0) continue;
      int i = active->support[m];
      step->delta.values[i] = step->factor[m] * (gradient[i] - sum);
      step->delta.support[step->delta.count++] = i;
    }
  }
}

static void forward(float x) {
  Step *oldest = past[settings.unroll + 1];
  memmove(past + 1, past, sizeof(Step *) * (settings.unroll + 1));
  past[0] = oldest;
  Vector *present = &predictive[now.updates & 1];
  const Vector *previous = &predictive[~now.updates & 1];
  input.values[0] = x, input.support[0] = 0, input.count = x != 0;
  forward_relu(&encoder0, UNITS, &input, &h1);
  forward_relu(&encoder1, UNITS, &h1, &h2);
  memcpy(overlap, pooler.bias, sizeof overlap);
  add_product(overlap, pooler.weights, COLUMNS, &h2);
  compete();
  open_gates(previous->values);
  forward_relu(&memory, CELLS, &past[0]->active, present);
  forward_relu(&decoder0, UNITS, settings.active_readout ? &past[0]->active : present, &hidden);
  output = decoder1.bias[0] + (settings.change ? x : 0);
  for (int o = 0; o < UNITS; o++) output += decoder1.weights[o] * hidden.values[o];
}
