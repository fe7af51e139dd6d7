/** For labels that scales make up themselves; every axis here formats its own. */
export const format = () => String;
export const formatPrefix = () => String;
export const formatSpecifier = () => ({ type: '', precision: 0 });
export const precisionFixed = () => 0;
export const precisionPrefix = () => 0;
export const precisionRound = () => 0;
