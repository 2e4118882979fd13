// Where Dash looks for the functions that callbacks name; what screens hang on it is for Dash alone to call.
/** @type {any} */
export const dash = (window.dash_clientside = window.dash_clientside || {});
