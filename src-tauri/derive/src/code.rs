//! The expansion of `#[derive(Code)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, LitInt, LitStr, Result, Token, Variant};

/// Writes the `Code` and `Value` of an enum without payloads.
pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(body) = &input.data else {
        return Err(Error::new_spanned(input, "Code is for enums"));
    };
    let name = &input.ident;
    let list = snake(&name.to_string());
    let items = body.variants.iter().map(item).collect::<Result<Vec<_>>>()?;
    let entries = items.iter().map(|(_, code, word, label, aliases)| {
        quote!(::unionbook_core::record::CodeEntry { code: #code, word: #word, label: #label, aliases: #aliases })
    });
    let to = items.iter().map(|(variant, code, ..)| quote!(Self::#variant => #code));
    let from = items.iter().map(|(variant, code, ..)| quote!(#code => Some(Self::#variant)));
    Ok(quote! {
        impl ::unionbook_core::record::Code for #name {
            const LIST: &'static ::unionbook_core::record::CodeList =
                &::unionbook_core::record::CodeList { name: #list, entries: &[#(#entries),*] };
            fn code(self) -> i64 { match self { #(#to),* } }
            fn of(code: i64) -> Option<Self> { match code { #(#from,)* _ => None } }
        }
        impl ::unionbook_core::record::Value for #name {
            const KIND: ::unionbook_core::record::Kind = ::unionbook_core::record::Kind::Code(<Self as ::unionbook_core::record::Code>::LIST);
            fn to_cell(&self) -> ::unionbook_core::record::Cell {
                ::unionbook_core::record::Cell::Int(::unionbook_core::record::Code::code(*self))
            }
            fn from_cell(cell: ::unionbook_core::record::Cell) -> Option<Self> {
                if let ::unionbook_core::record::Cell::Int(code) = cell { <Self as ::unionbook_core::record::Code>::of(code) } else { None }
            }
        }
        impl ::unionbook_core::serde::Serialize for #name {
            fn serialize<S: ::unionbook_core::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(::unionbook_core::record::Code::word(*self))
            }
        }
        impl<'de> ::unionbook_core::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::unionbook_core::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                ::unionbook_core::record::read_code(deserializer)
            }
        }
        impl ::unionbook_core::record::Wire for #name {
            fn wire(_: &mut ::unionbook_core::record::Types) -> String {
                ::unionbook_core::record::code_type(<Self as ::unionbook_core::record::Code>::LIST)
            }
        }
    })
}

type Item = (syn::Ident, i64, String, String, String);

fn item(variant: &Variant) -> Result<Item> {
    let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("code"));
    let attribute = attribute.ok_or_else(|| Error::new_spanned(variant, "needs #[code(number, \"label\")]"))?;
    let (code, label, aliases) = code_and_label(attribute)?;
    Ok((variant.ident.clone(), code, snake(&variant.ident.to_string()), label, aliases))
}

fn code_and_label(attribute: &Attribute) -> Result<(i64, String, String)> {
    attribute.parse_args_with(|input: syn::parse::ParseStream| {
        let code: LitInt = input.parse()?;
        input.parse::<Token![,]>()?;
        let label: LitStr = input.parse()?;
        let aliases = if input.parse::<Option<Token![,]>>()?.is_some() { input.parse::<LitStr>()?.value() } else { String::new() };
        Ok((code.base10_parse()?, label.value(), aliases))
    })
}

/// `TransferredIn` → `transferred_in`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
