using System.Net;
using System.Net.Sockets;

namespace Pipeline.Domain.Webhooks;

/// <summary>Which addresses calls may be made to that somebody else has named: public ones alone, so that nobody reaches through this service what only it can reach.</summary>
public static class TargetAddress
{
    /// <summary>Networks that are not of the public internet (IANA's special-purpose registries), those included through which others can be reached.</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Of the sixth version only what is global unicast is public, and of that not what stands for other networks, documentation or tunnels.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotGlobal =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(
            IPNetwork.Parse
        ),
    ];

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(NotPublic, network => network.Contains(address))
            : address.ScopeId == 0
                && Global.Contains(address)
                && !Array.Exists(NotGlobal, network => network.Contains(address));
    }
}
