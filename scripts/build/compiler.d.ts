export declare const compilerArgs: (root: string) => string[]
