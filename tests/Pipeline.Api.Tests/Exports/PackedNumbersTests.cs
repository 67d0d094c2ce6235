using Pipeline.Api.Features.Exports;

namespace Pipeline.Api.Tests.Exports;

/// <summary>What is kept in little comes out as it went in.</summary>
public sealed class PackedNumbersTests
{
    [Test]
    public void In_any_order_and_of_any_size()
    {
        long[] numbers = [1, 2, 3, 130, 4, 0, -1, long.MaxValue, long.MinValue, long.MaxValue, 64, -64, 63, 8191, 0, 0];
        Packed(numbers).All().ShouldBe(numbers);
    }

    [Test]
    public void More_than_a_block_of_them()
    {
        var random = new Random(7);
        var numbers = Enumerable
            .Range(0, 200_000)
            .Select(n => random.Next(3) == 0 ? random.NextInt64(1_000_000) : n)
            .ToList();
        Packed(numbers).All().SequenceEqual(numbers).ShouldBeTrue();
    }

    [Test]
    public void None() => new PackedNumbers().All().ShouldBeEmpty();

    private static PackedNumbers Packed(IEnumerable<long> numbers)
    {
        var packed = new PackedNumbers();
        foreach (var number in numbers)
            packed.Add(number);
        return packed;
    }
}
