using Pipeline.Domain.Matching;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Leaving out what is common spares reading, and loses nothing (R13).</summary>
public sealed class CommonGramsTests
{
    private const string Letters = "氢能装备制造基地智慧产业园项目一二三四五六七八九十";

    [TestCase(0.60)]
    [TestCase(0.85)]
    public void A_name_that_is_similar_enough_shares_as_many_of_the_grams_as_are_asked_for(double threshold)
    {
        var random = new Random(20260504);
        var common = new CommonGrams();
        string Name() =>
            string.Concat(Enumerable.Range(0, random.Next(2, 12)).Select(_ => Letters[random.Next(Letters.Length)]))
            + "项目";
        var (similar, spared) = (0, 0);
        for (var n = 0; n < 20_000; n++)
        {
            var name = Name();
            var letters = name.ToList();
            for (var edits = random.Next(4); edits > 0; edits--)
                letters[random.Next(letters.Count)] = Letters[random.Next(Letters.Length)];
            var other = string.Concat(letters);
            var (grams, least) = common.Sought(name, threshold);
            spared += Grams.Of(name).Count - grams.Count;
            if (!Similarity.AtLeast(other, name, threshold))
                continue;
            similar++;
            least.ShouldBeGreaterThan(0);
            grams.Intersect(Grams.Of(other)).Count().ShouldBeGreaterThanOrEqualTo(least, $"{name} {other}");
        }

        similar.ShouldBeGreaterThan(1000);
        spared.ShouldBeGreaterThan(1000);
    }
}
