import manifest from '../../package.json' with { type: 'json' };

/** Version of the program, written into every record it leaves. */
export const programVersion = manifest.version;
