namespace Pipeline.Api.Documents;

/// <summary>A form in the layout of official documents: a title, its number, and what it says row by row; then who signs, and when.</summary>
public static class OfficialForm
{
    /// <param name="facts">What stands in the left column, and in the right one; a fact that is not known is left out.</param>
    public static OfficialDocument Facts(
        this OfficialDocument document,
        DocumentWords words,
        IEnumerable<(string Label, string? Value)> facts
    ) =>
        document.Table(
            [words.Of("paper.item"), words.Of("paper.content")],
            [25, 75],
            facts
                .Where(fact => !string.IsNullOrWhiteSpace(fact.Value))
                .Select(fact => (IReadOnlyList<string>)[words.Of(fact.Label), fact.Value!])
        );

    /// <summary>The issuing office, and the day on which it was made.</summary>
    public static OfficialDocument Signed(this OfficialDocument document, DocumentWords words, DateOnly on) =>
        document.Signature(words.Of("bulletin.office")).Signature(words.Day(on));
}
