export const a = "one";
