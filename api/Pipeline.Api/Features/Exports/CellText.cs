using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Exports;

/// <summary>What a file calls choices, yes and no: by words of the caller's language or, where its columns are keys, by values that never change.</summary>
public static class CellText
{
    /// <summary>Stands where a language does: values as the contract writes them.</summary>
    public const string Keys = "keys";

    /// <summary>In what cells are told.</summary>
    public static string LanguageOf(Headings headings, string language) => headings == Headings.Keys ? Keys : language;

    /// <summary>The text of a message, <c>enum.stage.signed</c>; its last part where keys are told.</summary>
    public static string Of(string language, string key) =>
        language == Keys ? key[(key.LastIndexOf('.') + 1)..] : Messages.Text(language, key);

    public static string Of(string language, Enum value) => Of(language, Messages.KeyOf(value));

    public static string YesOrNo(string language, bool isSo) =>
        language == Keys ? (isSo ? "true" : "false") : Messages.Text(language, isSo ? "export.yes" : "export.no");
}
