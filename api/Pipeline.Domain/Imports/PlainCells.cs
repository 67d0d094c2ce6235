using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>Cells of plain facts that no other reader knows.</summary>
internal static class PlainCells
{
    /// <summary>A number of whole things; parts of one are no number of them.</summary>
    public static Cell<int?> ReadWhole(string text, PlainFact fact, string? unit, NumberHabit numbers)
    {
        var (original, value, doubts) = Quantities.Parse(text, fact.Measure, unit, numbers);
        return value is null ? new(original, null, doubts)
            : value == decimal.Truncate(value.Value) && value <= int.MaxValue ? new(original, (int)value.Value, doubts)
            : new(original, null, [new(ImportCodes.QuantityUnreadable)]);
    }

    /// <summary>One of a fact's choices, by its slug or a title.</summary>
    public static Cell<object?> ReadChoice(string text, PlainFact fact)
    {
        if (Written.IsBlank(Written.Plain(text)))
            return new(text, null, []);
        var bare = Written.Bare(text);
        var chosen = fact.Choices.FirstOrDefault(choice =>
            Written.Bare(choice.Slug) == bare || Written.Bare(choice.Zh) == bare || Written.Bare(choice.En) == bare
        );
        return chosen is null ? new(text, null, [new(ImportCodes.ChoiceUnreadable)]) : new(text, chosen.Value, []);
    }
}
