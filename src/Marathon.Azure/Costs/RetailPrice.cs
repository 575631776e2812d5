using System.Text.Json;

namespace Marathon.Azure.Costs;

/// <summary>A line of the retail price list that is of use: an hour of a Linux machine.</summary>
internal sealed record RetailPrice(bool IsSpot, decimal RetailDollars)
{
    /// <summary>Null for what is not: Windows, the old low priority, reservations, other units and currencies.</summary>
    public static RetailPrice? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "currencyCode") != "USD" || Text(item, "unitOfMeasure") != "1 Hour" ||
            Text(item, "type") is not ("Consumption" or "") ||
            !item.TryGetProperty("retailPrice", out JsonElement price) || !price.TryGetDecimal(out decimal dollars) || dollars <= 0)
            return null;
        string sku = Text(item, "skuName");
        bool other = Text(item, "productName").Contains("Windows", StringComparison.OrdinalIgnoreCase) ||
            Text(item, "productName").Contains("Cloud Services", StringComparison.OrdinalIgnoreCase) ||
            sku.Contains("Low Priority", StringComparison.OrdinalIgnoreCase);
        return other ? null : new RetailPrice(sku.EndsWith(" Spot", StringComparison.OrdinalIgnoreCase), dollars);
    }

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
