// The settings of the editor as the server takes them: its `initializationOptions`.

export interface Options {
  lang?: string;
  deep?: boolean;
  severity: Record<string, string>;
  checkOnSave: boolean;
}

/** What a setting holds, by its name without `duizhao.`; nothing where it is not set. */
export type Get = <T>(name: string) => T | undefined;

/**
 * The options for the server. What the reader leaves open is left out, so that `duizhao.toml` decides it; the language
 * comes from the editor's own, but for settings that name another.
 */
export function options(get: Get, editor: string): Options {
  const lang = get<string>("lang") ?? "auto";
  const deep = get<boolean | null>("deep") ?? undefined;
  const chinese = editor.toLowerCase().startsWith("zh");
  return {
    ...(lang !== "auto" ? { lang } : chinese ? { lang: "zh" } : {}),
    ...(deep === undefined ? {} : { deep }),
    severity: get<Record<string, string>>("severity") ?? {},
    checkOnSave: get<boolean>("checkOnSave") ?? false,
  };
}
