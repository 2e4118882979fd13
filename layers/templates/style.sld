<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se">
  <NamedLayer>
    <se:Name>{{ look.name }}</se:Name>
    <UserStyle>
      <se:Name>{{ look.name }}</se:Name>
      <se:FeatureTypeStyle>
{% for part in look.parts %}
{% set s = part.symbol %}
        <se:Rule>
          <se:Name>{{ part.label }}</se:Name>
          <se:Description><se:Title>{{ part.label }}</se:Title></se:Description>
          <ogc:Filter>
{% if part.is_unknown %}
            <ogc:PropertyIsNull><ogc:PropertyName>{{ look.column }}</ogc:PropertyName></ogc:PropertyIsNull>
{% elif part.equals is not none %}
            <ogc:PropertyIsEqualTo><ogc:PropertyName>{{ look.column }}</ogc:PropertyName><ogc:Literal>{{ part.equals }}</ogc:Literal></ogc:PropertyIsEqualTo>
{% elif part.above is none and part.upto is none %}
            <ogc:Not><ogc:PropertyIsNull><ogc:PropertyName>{{ look.column }}</ogc:PropertyName></ogc:PropertyIsNull></ogc:Not>
{% else %}
{% if part.above is not none and part.upto is not none %}
            <ogc:And>
{% endif %}
{% if part.above is not none %}
            <ogc:PropertyIsGreaterThan><ogc:PropertyName>{{ look.column }}</ogc:PropertyName><ogc:Literal>{{ part.above }}</ogc:Literal></ogc:PropertyIsGreaterThan>
{% endif %}
{% if part.upto is not none %}
            <ogc:PropertyIsLessThanOrEqualTo><ogc:PropertyName>{{ look.column }}</ogc:PropertyName><ogc:Literal>{{ part.upto }}</ogc:Literal></ogc:PropertyIsLessThanOrEqualTo>
{% endif %}
{% if part.above is not none and part.upto is not none %}
            </ogc:And>
{% endif %}
{% endif %}
          </ogc:Filter>
          <se:PolygonSymbolizer>
            <se:Fill>
              <se:SvgParameter name="fill">{{ s.fill }}</se:SvgParameter>
              <se:SvgParameter name="fill-opacity">{{ s.opacity }}</se:SvgParameter>
            </se:Fill>
            <se:Stroke>
              <se:SvgParameter name="stroke">{{ s.line }}</se:SvgParameter>
              <se:SvgParameter name="stroke-width">{{ s.width }}</se:SvgParameter>
{% if s.dash %}
              <se:SvgParameter name="stroke-dasharray">{{ s.dash | join(" ") }}</se:SvgParameter>
{% endif %}
            </se:Stroke>
          </se:PolygonSymbolizer>
{% if s.hatched %}
          <se:PolygonSymbolizer>
            <se:Fill>
              <se:GraphicFill>
                <se:Graphic>
                  <se:Mark>
                    <se:WellKnownName>slash</se:WellKnownName>
                    <se:Stroke><se:SvgParameter name="stroke">{{ s.line }}</se:SvgParameter></se:Stroke>
                  </se:Mark>
                  <se:Size>8</se:Size>
                </se:Graphic>
              </se:GraphicFill>
            </se:Fill>
          </se:PolygonSymbolizer>
{% endif %}
        </se:Rule>
{% endfor %}
{% if look.labels %}
        <se:Rule>
          <se:TextSymbolizer>
            <se:Label><ogc:PropertyName>{{ look.labels }}</ogc:PropertyName></se:Label>
          </se:TextSymbolizer>
        </se:Rule>
{% endif %}
      </se:FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
