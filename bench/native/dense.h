// A dense layer and the optimisers.
#include "matrix.h"

enum { SGD, RMSPROP, ADAM, NORMALISED };

// Settings, as in docs/model.md.
static struct {
  int optimizer, active_readout, change, unroll;
  float learning_rate, final_rate, decay, encoder_rate, memory_rate, bias_rate, warmup, error_clip;
  float homeostasis_rate, conscience, duty_rate, beta1, beta2, epsilon;
} settings;

static struct {
  long updates;
  float rate, step_size, square_scale;  // the last two with Adam's corrections
} now;

// What one term of a gradient is made of: delta x^T.
typedef struct {
  const Vector *input, *delta;
} Term;

typedef struct {
  int inputs, outputs;
  float *weights, *bias, *m, *v, *bias_m, *bias_v;
  long *seen;       // RMSProp: the update whose v a row holds. Without a gradient v only shrinks, which can wait.
  char *stirred;    // Adam: whether a row may still be moving.
} Dense;

// Below this a number is subnormal, and slow.
static const float least_normal = 0x1p-126f;

INLINE Dense dense(int inputs, int outputs) {
  Dense layer = {.inputs = inputs, .outputs = outputs};
  size_t size = (size_t)inputs * outputs;
  layer.weights = allocate(size, sizeof(float)), layer.bias = allocate(outputs, sizeof(float));
  if (settings.optimizer == RMSPROP || settings.optimizer == ADAM) {
    layer.v = allocate(size, sizeof(float)), layer.bias_v = allocate(outputs, sizeof(float));
    layer.seen = allocate(inputs, sizeof(long)), layer.stirred = allocate(inputs, 1);
  }
  if (settings.optimizer == ADAM)
    layer.m = allocate(size, sizeof(float)), layer.bias_m = allocate(outputs, sizeof(float));
  return layer;
}

// z = W^T x + b; the support of the output is where it is positive.
INLINE void forward_relu(const Dense *l, int outputs, const Vector *x, Vector *y) {
  memcpy(y->values, l->bias, sizeof(float) * outputs);
  add_product(y->values, l->weights, outputs, x);
  int count = 0;
  for (int o = 0; o < outputs; o++) y->values[o] = y->values[o] > 0 ? y->values[o] : 0;
  for (int o = 0; o < outputs; o++) y->support[count] = o, count += y->values[o] > 0;
  y->count = count;
}

// ReLU stops the gradient where its output is zero.
INLINE void through_relu(Vector *gradient, const Vector *output) {
  memcpy(gradient->support, output->support, sizeof(int) * output->count);
  gradient->count = output->count;
}

INLINE void rmsprop_row(float *restrict w, float *restrict v, int width, float x, const float *restrict delta, float rate,
                        float faded) {
  float beta2 = settings.beta2, keep = beta2 * faded, epsilon = settings.epsilon;
  for (int o = 0; o < width; o++) {
    float g = x * delta[o], square = keep * v[o] + (1 - beta2) * g * g;
    v[o] = square < least_normal ? 0 : square;
    w[o] -= rate * g / (sqrtf(square) + epsilon);
  }
}

INLINE int adam_row(float *restrict w, float *restrict m, float *restrict v, int width, float x,
                    const float *restrict delta, float rate) {
  float beta1 = settings.beta1, beta2 = settings.beta2, epsilon = settings.epsilon;
  float step = rate * now.step_size, scale = now.square_scale;
  int stirred = 0;
  for (int o = 0; o < width; o++) {
    float g = x * delta[o], mean = beta1 * m[o] + (1 - beta1) * g, square = beta2 * v[o] + (1 - beta2) * g * g;
    mean = fabsf(mean) < least_normal ? 0 : mean, square = square < least_normal ? 0 : square;
    stirred |= mean != 0;
    m[o] = mean, v[o] = square;
    w[o] -= step * mean / (sqrtf(square * scale) + epsilon);
  }
  return stirred;
}

// One row of the gradient, or of the biases' where `row` is -1.
INLINE float *row_gradient(const Term *terms, int count, int row, int outputs, float *restrict sum, float *x) {
  *x = 1;
  float first = row < 0 ? 1 : terms[0].input->values[row];
  for (int o = 0; o < outputs; o++) sum[o] = first * terms[0].delta->values[o];
  for (int t = 1; t < count; t++) {
    float xt = row < 0 ? 1 : terms[t].input->values[row];
    const Vector *delta = terms[t].delta;
    if (xt != 0)
      for (int n = 0; n < delta->count; n++) sum[delta->support[n]] += xt * delta->values[delta->support[n]];
  }
  return sum;
}

// RMSProp and Adam. `terms` sum up to the gradient; the first's delta may be dense.
INLINE void update_by_rule(Dense *l, int outputs, const Term *terms, int count, float rate, float bias_rate) {
  static float sum[8192];
  float x = 0;
  for (int i = 0; i < l->inputs; i++) {
    int touched = 0;
    for (int t = 0; t < count; t++) touched |= terms[t].input->values[i] != 0;
    if (!touched && (settings.optimizer == RMSPROP || !l->stirred[i])) continue;
    const float *gradient = terms[0].delta->values;
    x = terms[0].input->values[i];
    if (count > 1) gradient = row_gradient(terms, count, i, outputs, sum, &x);
    size_t at = (size_t)i * outputs;
    if (settings.optimizer == RMSPROP) {
      float faded = powf(settings.beta2, now.updates - 1 - l->seen[i]);
      rmsprop_row(l->weights + at, l->v + at, outputs, x, gradient, rate, faded);
      l->seen[i] = now.updates;
    } else {
      // A momentum has come to rest after about 850 steps; v then shrinks unseen, as in RMSProp.
      if (now.updates - 1 > l->seen[i]) {
        float faded = powf(settings.beta2, now.updates - 1 - l->seen[i]);
        for (int o = 0; o < outputs; o++) l->v[at + o] *= faded;
      }
      l->stirred[i] = adam_row(l->weights + at, l->m + at, l->v + at, outputs, x, gradient, rate);
      l->seen[i] = now.updates;
    }
  }
  row_gradient(terms, count, -1, outputs, sum, &x);
  if (settings.optimizer == RMSPROP) rmsprop_row(l->bias, l->bias_v, outputs, 1, sum, bias_rate, 1);
  else adam_row(l->bias, l->bias_m, l->bias_v, outputs, 1, sum, bias_rate);
}
