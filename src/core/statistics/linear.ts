const factorInPlace = (a: Float64Array, n: number): boolean => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i !== j) a[i * n + j] = sum / a[j * n + j];
      else if (sum > 0) a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
};

const substitute = (a: Float64Array, b: Float64Array, n: number): void => {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= a[i * n + k] * b[k];
    b[i] = sum / a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < n; k++) sum -= a[k * n + i] * b[k];
    b[i] = sum / a[i * n + i];
  }
};

/**
 * Cholesky solution of A·x = b for a symmetric positive definite A of order n held row by row, both
 * overwritten: A by its factor, b by x. Returns false when A is not positive definite. Our own lines because the selection
 * solves a few dozen such systems a meter, where building Matrix objects costs more than solving.
 */
export const solveInPlace = (a: Float64Array, b: Float64Array, n: number): boolean => {
  if (!factorInPlace(a, n)) return false;
  substitute(a, b, n);
  return true;
};

/** Inverse, row by row, of a symmetric positive definite matrix of order n (overwritten); undefined when it is not one. */
export const inverseOf = (a: Float64Array, n: number): Float64Array | undefined => {
  if (!factorInPlace(a, n)) return undefined;
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = inverse.subarray(i * n, (i + 1) * n);
    row[i] = 1;
    substitute(a, row, n);
  }
  return inverse;
};
