export declare const peakMemoryMb: () => number;
