// The loops over weights. A matrix is [in][out]: a row is what one input sends, so that an input of zero costs nothing,
// forward or backward. Rows go several at a time, to share the loads of what they have in common. Widths are constants
// at every call, so the compiler unrolls and vectorises for them.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// A sparse vector: all entries, and the ascending indices of those that are not zero.
typedef struct {
  float *restrict values;
  int *restrict support;
  int count;
} Vector;

INLINE void *allocate(size_t count, size_t size) {
  // Lines of the cache are 64 bytes; what large matrices fill, large pages hold better, if the kernel agrees.
  size_t bytes = (count * size + 63) / 64 * 64;
  void *memory = aligned_alloc(64, bytes);
  if (!memory) exit(2);
  return memset(memory, 0, bytes);
}

INLINE Vector vector(int length) {
  return (Vector){allocate(length, sizeof(float)), allocate(length, sizeof(int)), 0};
}

INLINE void clear(Vector *x) {
  for (int n = 0; n < x->count; n++) x->values[x->support[n]] = 0;
  x->count = 0;
}

INLINE float square_of(const float *x, int length) {
  float sum = 0;
  for (int i = 0; i < length; i++) sum += x[i] * x[i];
  return sum;
}

// sum += W^T x
INLINE void add_product(float *restrict sum, const float *restrict w, int width, const Vector *x) {
  int n = 0;
  for (; n + 8 <= x->count; n += 8) {
    const int *i = x->support + n;
    const float *r0 = w + (size_t)i[0] * width, *r1 = w + (size_t)i[1] * width, *r2 = w + (size_t)i[2] * width,
                *r3 = w + (size_t)i[3] * width, *r4 = w + (size_t)i[4] * width, *r5 = w + (size_t)i[5] * width,
                *r6 = w + (size_t)i[6] * width, *r7 = w + (size_t)i[7] * width;
    float x0 = x->values[i[0]], x1 = x->values[i[1]], x2 = x->values[i[2]], x3 = x->values[i[3]],
          x4 = x->values[i[4]], x5 = x->values[i[5]], x6 = x->values[i[6]], x7 = x->values[i[7]];
    for (int o = 0; o < width; o++)
      sum[o] += x0 * r0[o] + x1 * r1[o] + x2 * r2[o] + x3 * r3[o] + x4 * r4[o] + x5 * r5[o] + x6 * r6[o] + x7 * r7[o];
  }
  for (; n < x->count; n++) {
    const float *row = w + (size_t)x->support[n] * width, xi = x->values[x->support[n]];
    for (int o = 0; o < width; o++) sum[o] += xi * row[o];
  }
}

// gradient_i += W_i delta where x is not zero; with a rate, W_i -= rate x_i delta in the same pass.
INLINE void go_back(float *restrict gradient, float *restrict w, int width, const Vector *x, const float *restrict delta,
                    int moves, float rate) {
  int n = 0;
  for (; n + 4 <= x->count; n += 4) {
    const int *i = x->support + n;
    float *restrict r0 = w + (size_t)i[0] * width, *restrict r1 = w + (size_t)i[1] * width,
          *restrict r2 = w + (size_t)i[2] * width, *restrict r3 = w + (size_t)i[3] * width;
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    float x0 = rate * x->values[i[0]], x1 = rate * x->values[i[1]], x2 = rate * x->values[i[2]],
          x3 = rate * x->values[i[3]];
    if (moves)
      for (int o = 0; o < width; o++) {
        float d = delta[o], w0 = r0[o], w1 = r1[o], w2 = r2[o], w3 = r3[o];
        s0 += d * w0, s1 += d * w1, s2 += d * w2, s3 += d * w3;
        r0[o] = w0 - x0 * d, r1[o] = w1 - x1 * d, r2[o] = w2 - x2 * d, r3[o] = w3 - x3 * d;
      }
    else
      for (int o = 0; o < width; o++) {
        float d = delta[o];
        s0 += d * r0[o], s1 += d * r1[o], s2 += d * r2[o], s3 += d * r3[o];
      }
    gradient[i[0]] += s0, gradient[i[1]] += s1, gradient[i[2]] += s2, gradient[i[3]] += s3;
  }
  for (; n < x->count; n++) {
    int i = x->support[n];
    float *restrict row = w + (size_t)i * width, xi = rate * x->values[i], s = 0;
    for (int o = 0; o < width; o++) {
      s += delta[o] * row[o];
      if (moves) row[o] -= xi * delta[o];
    }
    gradient[i] += s;
  }
}

// The same where few entries of delta are not zero.
INLINE void go_back_sparse(float *restrict gradient, float *restrict w, int width, const Vector *x, const Vector *delta,
                           int moves, float rate) {
  for (int n = 0; n < x->count; n++) {
    int i = x->support[n];
    float *row = w + (size_t)i * width, xi = rate * x->values[i], s = 0;
    for (int m = 0; m < delta->count; m++) {
      int o = delta->support[m];
      float d = delta->values[o];
      s += d * row[o];
      if (moves) row[o] -= xi * d;
    }
    gradient[i] += s;
  }
}

// W -= rate x delta^T
INLINE void subtract_outer(float *restrict w, int width, const Vector *x, const float *restrict delta, float rate) {
  for (int n = 0; n < x->count; n++) {
    float *restrict row = w + (size_t)x->support[n] * width, xi = rate * x->values[x->support[n]];
    for (int o = 0; o < width; o++) row[o] -= xi * delta[o];
  }
}

INLINE void subtract_outer_sparse(float *restrict w, int width, const Vector *x, const Vector *delta, float rate) {
  for (int n = 0; n < x->count; n++) {
    float *row = w + (size_t)x->support[n] * width, xi = rate * x->values[x->support[n]];
    for (int m = 0; m < delta->count; m++) row[delta->support[m]] -= xi * delta->values[delta->support[m]];
  }
}
