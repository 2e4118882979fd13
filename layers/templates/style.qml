<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.28.0-Firenze" styleCategories="Symbology|Labeling" labelsEnabled="{{ 1 if look.labels else 0 }}">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
    <rules key="rules">
{% for part in look.parts %}
      <rule key="rule-{{ loop.index0 }}" symbol="{{ loop.index0 }}" label="{{ part.label }}" filter="{{ quoted(part, look.column) }}"/>
{% endfor %}
    </rules>
    <symbols>
{% for part in look.parts %}
{% set s = part.symbol %}
      <symbol type="fill" name="{{ loop.index0 }}" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" pass="0" locked="0">
          <Option type="Map">
            <Option name="color" type="QString" value="{{ rgba(s.fill, s.opacity) }}"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="outline_color" type="QString" value="{{ rgba(s.line) }}"/>
            <Option name="outline_style" type="QString" value="{{ 'no' if s.dash else 'solid' }}"/>
            <Option name="outline_width" type="QString" value="{{ s.width_mm }}"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
{% if s.dash %}
        <layer class="SimpleLine" enabled="1" pass="0" locked="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="{{ rgba(s.line) }}"/>
            <Option name="line_width" type="QString" value="{{ s.width_mm }}"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="flat"/>
            <Option name="joinstyle" type="QString" value="round"/>
            <Option name="use_custom_dash" type="QString" value="1"/>
            <Option name="customdash" type="QString" value="{{ s.dash_mm }}"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
          </Option>
        </layer>
{% endif %}
{% if s.hatched %}
        <layer class="LinePatternFill" enabled="1" pass="0" locked="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="45"/>
            <Option name="distance" type="QString" value="1.6"/>
            <Option name="distance_unit" type="QString" value="MM"/>
            <Option name="line_width" type="QString" value="0.2"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="color" type="QString" value="{{ rgba(s.line) }}"/>
          </Option>
          <symbol type="line" name="@{{ loop.index0 }}@1" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleLine" enabled="1" pass="0" locked="0">
              <Option type="Map">
                <Option name="line_color" type="QString" value="{{ rgba(s.line) }}"/>
                <Option name="line_width" type="QString" value="0.2"/>
                <Option name="line_width_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </layer>
{% endif %}
      </symbol>
{% endfor %}
    </symbols>
  </renderer-v2>
{% if look.labels %}
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="{{ look.labels }}" isExpression="0" fontSize="9" fontSizeUnit="Point" textColor="{{ rgba(ink) }}" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
      </text-style>
      <placement placement="1"/>
      <rendering drawLabels="1"/>
    </settings>
  </labeling>
{% endif %}
  <layerGeometryType>2</layerGeometryType>
</qgis>
