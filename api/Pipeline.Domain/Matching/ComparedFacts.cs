namespace Pipeline.Domain.Matching;

/// <summary>Facts with what R13 compares of them, each part worked out when it is first asked for, and once however many they are compared with.</summary>
public sealed class ComparedFacts(MatchFacts facts)
{
    private string? nameKey;
    private Spelling? spelling;

    public MatchFacts Facts => facts;

    /// <summary>The project's name, normalised.</summary>
    public string NameKey => nameKey ??= Normalised.ProjectName(facts.Name);

    /// <summary>What is compared when names are written otherwise.</summary>
    public Spelling Spelling => spelling ??= Spelling.Of(facts);
}
