using NUnit.Framework;
using Pipeline.Domain.Matching;
using Shouldly;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>Initials as Xinhua's dictionary and the official names of places read them.</summary>
public sealed class PinyinTests
{
    [TestCase("南湖", "nh")]
    [TestCase("秀洲", "xz")]
    [TestCase("嘉善", "js")]
    [TestCase("平湖", "ph")]
    [TestCase("海盐", "hy")]
    [TestCase("海宁", "hn")]
    [TestCase("桐乡", "tx")]
    [TestCase("嘉兴byd2期", "jxbyd2q")]
    public void A_name_is_spelled_by_the_first_letters_of_its_readings(string name, string initials) =>
        Pinyin.InitialsOf(name).ShouldBe([initials]);

    [TestCase("重庆", "cq")]
    [TestCase("重工", "zg")]
    [TestCase("长城", "cc")]
    [TestCase("校长", "xz")]
    [TestCase("厦门", "xm")]
    [TestCase("大厦", "ds")]
    [TestCase("银行", "yh")]
    [TestCase("行走", "xz")]
    public void A_character_read_in_two_ways_is_found_by_both(string name, string initials) =>
        Pinyin.InitialsOf(name).ShouldContain(initials);

    [TestCase("")]
    [TestCase("hengli bearings")]
    [TestCase("2026000123")]
    [TestCase("\U00020000")]
    public void What_has_no_characters_with_a_reading_has_none(string text) => Pinyin.InitialsOf(text).ShouldBeEmpty();

    [Test]
    public void However_many_have_two_readings_there_are_at_most_eight_spellings() =>
        Pinyin.InitialsOf("重长行重长行重长行").Count.ShouldBe(8);

    [TestCase("芯片", "xinpian")]
    [TestCase("储能", "chuneng")]
    [TestCase("绿色食品", "lvseshipin")]
    [TestCase("重型机械", "zhongxingjixie")]
    [TestCase("重庆", "chongqing")]
    [TestCase("3D打印", "3Ddayin")]
    public void Whole_syllables_are_spelled_without_tones(string name, string spelled) =>
        Pinyin.SyllablesOf(name).ShouldContain(spelled);

    [TestCase("donglidianchi", "dldc")]
    [TestCase("changcheng", "cc")]
    [TestCase("nanhu", "nh")]
    [TestCase("lvseshipin", "lssp")]
    [TestCase("xian", null)] // One syllable, or two: as few as can be.
    [TestCase("battery", null)]
    [TestCase("dldc", null)]
    [TestCase("动力", null)]
    [TestCase("3841", null)]
    public void A_word_of_whole_syllables_has_initials(string word, string? initials) =>
        Pinyin.InitialsOfSpelled(word).ShouldBe(initials);
}
