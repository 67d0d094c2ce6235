using System.Buffers;
using Pipeline.Data;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Projects;

/// <summary>Stores the keys by which other spellings of investors and projects are found (R13).</summary>
public static class StoreSpellings
{
    /// <summary>Stores the forms of an investor that is new.</summary>
    public static void OfInvestor(Session session, string investorId, string name) =>
        Add(session, investorId, Forms(name));

    /// <summary>Stores the forms of a known investor that its name gives only as it is written here: with a second name in brackets, say.</summary>
    public static async Task OfKnownInvestor(Session session, string investorId, string name)
    {
        var missing = new List<string>();
        foreach (var form in Forms(name))
        {
            var key = SpellingKeys.OfForm(form).First(one => one.Mark == SpellingMark.Telling);
            if (
                await session.One<int>(
                    CountForms,
                    new
                    {
                        gram = key.Text,
                        mark = (int)key.Mark,
                        investorId,
                        form,
                    }
                ) == 0
            )
                missing.Add(form);
        }

        Add(session, investorId, missing);
    }

    private static readonly SearchValues<char> Openings = SearchValues.Create("(（[【〔「");

    /// <summary>Whether a known investor may have more forms by this name than by another with the same normalised name.</summary>
    public static bool MayAddForms(string name) => name.AsSpan().ContainsAny(Openings);

    /// <summary>Stores what a project's name is found by otherwise, instead of what the name before was found by; null: there was none.</summary>
    public static async Task OfProject(Session session, long seq, string? before, string name)
    {
        if (before == name)
            return;
        if (before is not null)
            await ForgetProject(session, seq, before);
        session.Add(
            ProjectTable,
            SpellingKeys.OfCore(ProjectCores.Of(name)).Select(key => new object?[] { key.Text, (int)key.Mark, seq })
        );
    }

    /// <summary>Forgets what a project of this name is found by otherwise.</summary>
    public static Task ForgetProject(Session session, long seq, string name) =>
        session.Execute(
            Forget,
            new { seq, grams = SpellingKeys.OfCore(ProjectCores.Of(name)).Select(key => key.Text).Distinct() }
        );

    private static IReadOnlyList<string> Forms(string name) =>
        InvestorIdentity.IsGeneric(name) ? [] : InvestorSpellings.Of(name);

    private static void Add(Session session, string investorId, IReadOnlyList<string> forms) =>
        session.Add(
            InvestorTable,
            forms.SelectMany(SpellingKeys.OfForm, (form, key) =>
                new object?[] { key.Text, (int)key.Mark, investorId, form }
            )
        );

    private static readonly BulkTable InvestorTable = new("investor_spellings", "gram", "mark", "investor_id", "form")
    {
        InOrder = true,
    };
    private static readonly BulkTable ProjectTable = new("project_spellings", "gram", "mark", "project_seq")
    {
        InOrder = true,
    };

    private const string CountForms =
        "SELECT COUNT(*) FROM investor_spellings WHERE gram = @gram AND mark = @mark AND investor_id = @investorId AND form = @form";
    private const string Forget = "DELETE FROM project_spellings WHERE gram IN @grams AND project_seq = @seq";
}
